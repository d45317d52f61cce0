using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

/// <summary>Test-BgpPeering against a speaker that plays the router; real routers are in the interop tests.</summary>
public sealed class PeeringTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public PeeringTests()
    {
        _speakers = new(_shell);
        _shell.Run($"New-BgpPeer -Speaker {_speakers.Router} -PeerIPAddress {TwoSpeakers.NodeAddress} -PeerASN 65001 -Name node");
    }

    private string Row => $"[pscustomobject]@{{ PeerIPAddress = '{TwoSpeakers.RouterAddress}'; PeerASN = '64999'; LocalASN = '65001'; LocalIPAddress = '{TwoSpeakers.NodeAddress}'; Port = '{_speakers.Port}'; AdvertiseIPAddress = '203.0.113.1' }}";

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_row_of_a_table_is_a_peering_to_try()
    {
        BgpPeeringTest test = _shell.One<BgpPeeringTest>($"{Row} | Test-BgpPeering -TimeoutSec 20");
        Assert.True(test.Succeeded, test.Error);
        Assert.Equal((true, true, true, BgpSessionState.Established), (test.TcpConnected, test.OpenReceived, test.Established, test.State));
        Assert.Equal("203.0.113.1/32", Assert.Single(test.AdvertisedPrefix).ToString());
        Assert.True(test.AddPathReceive);
        Assert.Null(test.Error);
    }

    [Fact]
    public void A_peer_of_a_speaker_is_a_peering_to_try()
    {
        _shell.Run($"New-BgpPeer -Speaker {_speakers.Node} -PeerIPAddress {TwoSpeakers.RouterAddress} -PeerASN 64999 -Port {_speakers.Port}; $peer = Get-BgpPeer -Speaker {_speakers.Node}; Remove-BgpPeer {TwoSpeakers.RouterAddress} -Speaker {_speakers.Node}");
        Assert.True(_shell.One<bool>("$peer | Test-BgpPeering -Quiet -TimeoutSec 20"));
    }

    [Fact]
    public void It_leaves_no_route_and_no_session_at_the_router()
    {
        _shell.Run($"{Row} | Test-BgpPeering -TimeoutSec 20");
        _speakers.WaitForGoodbye();
        Assert.NotEqual(BgpReportedState.Established, _shell.One<BgpSession>($"Get-BgpSession -Speaker {_speakers.Router}").State);
        Assert.Empty(_shell.Run($"Get-BgpRoute -Speaker {_speakers.Router}"));
    }

    [Fact]
    public void A_peering_that_fails_is_a_result_with_advice_and_no_error()
    {
        BgpPeeringTest test = _shell.One<BgpPeeringTest>($"Test-BgpPeering {TwoSpeakers.RouterAddress} 64999 65009 -LocalIPAddress {TwoSpeakers.NodeAddress} -Port {_speakers.Port} -TimeoutSec 20");
        Assert.False(test.Succeeded);
        Assert.NotNull(test.Error);
        Assert.NotNull(test.Advice);
        Assert.False(_shell.One<bool>($"Test-BgpPeering {TwoSpeakers.RouterAddress} 64999 65009 -LocalIPAddress {TwoSpeakers.NodeAddress} -Port {_speakers.Port} -TimeoutSec 20 -Quiet"));
    }

    [Fact]
    public async Task Stopping_it_ends_it_at_once()
    {
        using Shell other = new();
        // Takes connections and says nothing: without the stop the test would wait for an hour.
        using TcpListener silent = new(IPAddress.Parse("127.0.0.88"), 0);
        silent.Start();
        using RunningScript test = other.Begin($"Test-BgpPeering 127.0.0.88 64999 65001 -Port {((IPEndPoint)silent.LocalEndpoint).Port} -TimeoutSec 3600");
        await other.Console.FirstProgressAsync(TestContext.Current.CancellationToken);
        await test.StopAsync();
        Assert.Empty(test.Errors);
    }

    [Fact]
    public void Its_table_fits_and_its_list_says_everything()
    {
        string[] table = _shell.Render($"{Row} | Test-BgpPeering -TimeoutSec 20");
        Assert.Matches("^PeerIPAddress +PeerASN +LocalIPAddress +TCP +OPEN +Established +AddPath +Succeeded +Elapsed +Error$", table[0]);
        Assert.Matches(@"^127\.0\.0\.2 +64999 127\.0\.0\.3 +True +True +True +True +True +0:[0-9]{2}\.[0-9]{3}$", table[2]);
    }
}
