using System.Net;
using BgpLoadBalancer.Advertiser.CommandLine;
using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Tests.CommandLine;

public sealed class AdvertiserCommandTests
{
    [Fact]
    public void The_documented_command_line_has_the_documented_defaults()
    {
        (AdvertiserArguments? arguments, int code, _, _) = Parse("--config", "f.yaml", "--advertise-ip", "10.0.0.8");

        Assert.NotNull(arguments);
        Assert.Equal(0, code);
        Assert.Equal("f.yaml", arguments.ConfigPath);
        Assert.Equal([IPAddress.Parse("10.0.0.8")], arguments.Vips);
        Assert.Equal("127.0.0.1:8080", arguments.HealthAddress.ToString());
        Assert.Equal((LogFormat.Json, LogLevel.Information, false), (arguments.LogFormat, arguments.LogLevel, arguments.Check));
        Assert.Equal((null, null, null), (arguments.BindInterface, arguments.HealthCheckUrl, arguments.HealthCheckCa));
    }

    [Fact]
    public void All_flags_of_a_long_run_are_read()
    {
        AdvertiserArguments arguments = Parse(
            "--config", "f", "--advertise-ip", "10.0.0.8", "--advertise-ip", "10.0.0.9", "--bind-interface", "auto", "--health-address", "0.0.0.0:0",
            "--health-check-url", "https://127.0.0.1:6443/livez", "--health-check-ca", "ca.crt", "--log-format", "text", "--log-level", "debug").Arguments!;

        Assert.Equal(2, arguments.Vips.Length);
        Assert.Equal("auto", arguments.BindInterface);
        Assert.Equal("0.0.0.0:0", arguments.HealthAddress.ToString());
        Assert.Equal(new Uri("https://127.0.0.1:6443/livez"), arguments.HealthCheckUrl);
        Assert.Equal("ca.crt", arguments.HealthCheckCa);
        Assert.Equal((LogFormat.Text, LogLevel.Debug), (arguments.LogFormat, arguments.LogLevel));
    }

    [Fact]
    public void All_flags_of_a_check_are_read()
    {
        AdvertiserArguments arguments = Parse("--config", "f", "--advertise-ip", "10.0.0.8", "--check", "--hold", "--timeout", "7", "--force").Arguments!;

        Assert.True(arguments is { Check: true, Hold: true, Force: true });
        Assert.Equal(TimeSpan.FromSeconds(7), arguments.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(30), Parse("--config", "f", "--advertise-ip", "10.0.0.8", "--check").Arguments!.Timeout);
    }

    [Theory]
    [InlineData("", "'--config' is required")]
    [InlineData("--config f", "'--advertise-ip' is required")]
    [InlineData("--config f --advertise-ip 2001:db8::8", "'2001:db8::8' is an IPv6 address: a control-plane VIP must be IPv4.")]
    [InlineData("--config f --advertise-ip 10.0.8", "'10.0.8' is not an IPv4 address")]
    [InlineData("--config f --advertise-ip 10.0.0.010", "'10.0.0.010' is not an IPv4 address")]
    [InlineData("--config f --advertise-ip 224.0.0.5", "'224.0.0.5' cannot be the address of a host")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --advertise-ip 10.0.0.8", "'10.0.0.8' is given twice")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --health-address 8080", "'8080' is not an address and a port")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --health-address 127.0.0.1:99999", "'127.0.0.1:99999' is not an address and a port")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --health-check-url localhost:6443", "'localhost:6443' is not an http or https address")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --health-check-ca ca.crt", "--health-check-ca goes with an https address")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --health-check-url http://127.0.0.1 --health-check-ca ca.crt", "--health-check-ca goes with an https address")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --log-level loud", "'loud' not recognized")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --log-format xml", "'xml' not recognized")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --hold", "--hold goes with --check only")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --force", "--force goes with --check only")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --timeout 5", "--timeout goes with --check only")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --check --timeout 0", "'0' is not a number of seconds from 1 to 3600")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --check --health-address 127.0.0.1:0", "--health-address does not go with --check")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --check --health-check-url http://127.0.0.1", "--health-check-url does not go with --check")]
    [InlineData("--config f --advertise-ip 10.0.0.8 --confg g", "'--confg'")]
    public void Bad_arguments_end_with_2_and_say_what_would_be_right(string line, string message)
    {
        (AdvertiserArguments? arguments, int code, _, string error) = Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Null(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_mistakes_are_told_at_once()
    {
        string error = Parse("--advertise-ip", "x", "--advertise-ip", "2001:db8::8", "--hold").Error;

        Assert.Contains("--config", error, StringComparison.Ordinal);
        Assert.Contains("'x'", error, StringComparison.Ordinal);
        Assert.Contains("'2001:db8::8'", error, StringComparison.Ordinal);
        Assert.Contains("--hold", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "--advertise-ip <VIP>")]
    [InlineData("--version", "0.")]
    public void Help_and_version_need_nothing_else_and_end_with_0(string flag, string text)
    {
        (AdvertiserArguments? arguments, int code, string output, _) = Parse(flag);

        Assert.Null(arguments);
        Assert.Equal(0, code);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    private static (AdvertiserArguments? Arguments, int Code, string Output, string Error) Parse(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        AdvertiserArguments? arguments = new AdvertiserCommand().Parse(args, output, error, out int code);
        return (arguments, code, output.ToString(), error.ToString());
    }
}
