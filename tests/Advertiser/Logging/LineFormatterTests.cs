using System.Net;
using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Advertiser.Tests.Logging;

public sealed class LineFormatterTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));

    [Fact]
    public void A_line_is_one_JSON_object_with_the_documented_fields_first()
    {
        string line = Write(new JsonLineFormatter(Time), LogLevel.Information, ("peer", IPAddress.Parse("10.0.1.254")), ("new", "BGP_FSM_ESTABLISHED"), ("none", null), ("nlri", (string[])["10.0.0.8/32"]), ("count", 3), ("ok", true));

        Assert.Equal(
            """{"ts":"2026-01-02T03:04:05.678000Z","level":"info","logger":"BGPSpeaker","msg":"state changed","peer":"10.0.1.254","new":"BGP_FSM_ESTABLISHED","nlri":["10.0.0.8/32"],"count":3,"ok":true}""" + "\n",
            line);
    }

    [Fact]
    public void What_others_say_stays_on_its_line()
    {
        string json = Write(new JsonLineFormatter(Time), LogLevel.Warning, ("text", "two\nlines \u001b[31m\"quoted\""));
        string text = Write(new TextLineFormatter(Time), LogLevel.Warning, ("text", "two\nlines \u001b[31m\"quoted\""));

        Assert.Contains("""
            "text":"two\nlines \u001B[31m\"quoted\""
            """, json, StringComparison.Ordinal);
        Assert.Equal("03:04:05.678 warning  state changed text=\"two lines  [31m\\\"quoted\\\"\"\n", text);
    }

    [Fact]
    public void Text_lines_show_fields_as_name_and_value() => Assert.Equal(
        "03:04:05.678 info     state changed peer=10.0.1.254 nlri=[10.0.0.8/32 10.0.0.9/32] reason=\"hold timer\"\n",
        Write(new TextLineFormatter(Time), LogLevel.Information, ("peer", "10.0.1.254"), ("nlri", (string[])["10.0.0.8/32", "10.0.0.9/32"]), ("reason", "hold timer")));

    private static string Write(ConsoleFormatter formatter, LogLevel level, params (string Name, object? Value)[] fields)
    {
        using StringWriter output = new() { NewLine = "\n" };
        LogEvent state = new("state changed", [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        LogEntry<LogEvent> entry = new(level, "BGPSpeaker", default, state, null, (value, _) => value.ToString());
        formatter.Write(entry, null, output);
        return output.ToString();
    }
}
