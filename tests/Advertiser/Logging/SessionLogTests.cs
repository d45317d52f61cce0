using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Advertiser.Tests.Logging;

public sealed class SessionLogTests
{
    private const string Peer = "10.0.1.254";

    private readonly FakeTimeProvider _time = new();
    private readonly CapturingLogger _logger = new();

    [Theory]
    [InlineData(BgpSessionState.Idle, "BGP_FSM_IDLE")]
    [InlineData(BgpSessionState.Connect, "BGP_FSM_CONNECT")]
    [InlineData(BgpSessionState.Active, "BGP_FSM_ACTIVE")]
    [InlineData(BgpSessionState.OpenSent, "BGP_FSM_OPENSENT")]
    [InlineData(BgpSessionState.OpenConfirm, "BGP_FSM_OPENCONFIRM")]
    [InlineData(BgpSessionState.Established, "BGP_FSM_ESTABLISHED")]
    public void State_changes_have_the_documented_names(BgpSessionState state, string name)
    {
        Log().StateChanged(new(Peer, IPAddress.Parse(Peer), BgpSessionState.Idle, state, "because", default));

        var line = Assert.Single(_logger.Lines);
        Assert.Equal((LogLevel.Information, "state changed"), (line.Level, line.Message));
        Assert.Equal((Peer, "BGP_FSM_IDLE", name, "because"), (line.Fields["peer"], line.Fields["old"], line.Fields["new"], line.Fields["reason"]));
    }

    [Fact]
    public void Notifications_are_told_in_words()
    {
        Log().NotificationReceived(Peer, NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown, "back at noon"));

        var line = Assert.Single(_logger.Lines);
        Assert.Equal((LogLevel.Warning, "received notification"), (line.Level, line.Message));
        Assert.Equal(((byte)6, (byte)2, "back at noon"), (line.Fields["code"], line.Fields["subcode"], line.Fields["text"]));
        Assert.Contains("Administrative Shutdown", (string)line.Fields["meaning"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_update_is_listed_in_part_and_counted_in_whole()
    {
        Log().UpdateSent(Peer, new([.. Enumerable.Range(0, 800).Select(i => $"10.0.{i / 256}.{i % 256}/32")], [], IPAddress.Parse("10.0.1.10"), EndOfRib: false));

        var line = Assert.Single(_logger.Lines);
        Assert.Equal("sent update", line.Message);
        Assert.Equal(SessionLog.ListedPrefixes, ((ImmutableArray<string>)line.Fields["nlri"]!).Length);
        Assert.Equal((800, null), (line.Fields["nlriTotal"], line.Fields["withdrawalsTotal"]));
        Assert.Equal(IPAddress.Parse("10.0.1.10"), line.Fields["nextHop"]);
    }

    [Fact]
    public void A_flood_of_updates_is_cut_off_counted_and_does_not_hide_other_peers()
    {
        SessionLog log = Log();
        for (int i = 0; i < 1_000; i++) log.UpdateReceived(Peer, new(["10.9.0.0/16"], [], null, EndOfRib: false));
        Assert.Equal(50, _logger.Lines.Length);

        log.UpdateReceived("10.0.2.254", new(["10.9.0.0/16"], [], null, EndOfRib: false));
        Assert.Equal(51, _logger.Lines.Length);

        _time.Advance(TimeSpan.FromSeconds(10));
        log.UpdateReceived(Peer, new(["10.9.0.0/16"], [], null, EndOfRib: false));
        Assert.Equal(950L, _logger.Lines[^1].Fields["notLogged"]);
    }

    private SessionLog Log() => new(_logger, _time);
}
