using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

public sealed class SessionTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public SessionTests() => _speakers = new TwoSpeakers(_shell).Peer();

    private string Node => _speakers.Node;

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_session_says_who_talks_to_whom()
    {
        BgpSession session = _shell.One<BgpSession>($"Get-BgpSession -Speaker {Node}");
        Assert.Equal(($"127.0.0.2-{Node}", Node, "router"), (session.Name, session.Node, session.Peer));
        Assert.Equal((65_001u, 64_999u), (session.LocalASN, session.PeerASN));
        Assert.Equal((IPAddress.Parse("127.0.0.3"), IPAddress.Parse("127.0.0.2")), (session.LocalIPAddress, session.PeerIPAddress));
        Assert.Equal((BgpReportedState.Established, 0L, true), (session.State, session.Flaps, session.AddPath));
        Assert.NotNull(session.EstablishedTime);
        Assert.Equal((Node, null, null), (session.Speaker, session.Cluster, session.FloatingIPAddress));
    }

    [Fact]
    public void Sessions_are_found_by_peers_speakers_rows_and_states()
    {
        Assert.Single(_shell.Run($"Get-BgpPeer -Speaker {Node} | Get-BgpSession"));
        Assert.Equal(2, _shell.Run($"Get-BgpSpeaker {_speakers.Id}-* | Get-BgpSession").Count);
        Assert.Single(_shell.Run($"[pscustomobject]@{{ Speaker = '{Node}'; PeerIPAddress = '127.0.0.2'; Node = '{Node}'; State = 'Idle' }} | Get-BgpSession"));
        Assert.Single(_shell.Run($"Get-BgpSession -Speaker {Node} -State Established, Idle"));
        Assert.Empty(_shell.Run($"Get-BgpSession -Speaker {Node} -State Idle"));
        Assert.Single(_shell.Run($"Get-BgpSession -Speaker {Node} -Node {_speakers.Id}*"));
        Assert.Empty(_shell.Run($"Get-BgpSession -Speaker {Node} -Node other*"));
        Assert.Single(_shell.Run($"Get-BgpSession -Speaker {Node} | Get-BgpSession"));
    }

    [Fact]
    public void An_address_without_a_session_is_an_error_that_does_not_end_the_command()
    {
        Result result = _shell.Invoke($"Get-BgpSession 127.0.0.2, 127.0.0.77 -Speaker {Node}");
        Assert.Single(result.Output);
        Assert.Equal("BgpSessionNotFound,BgpLoadBalancer.PowerShell.Commands.Sessions.GetBgpSession", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Get-BgpSession")]
    [InlineData("Wait-BgpSession")]
    [InlineData("Watch-BgpSession")]
    [InlineData("Reset-BgpSession")]
    [InlineData("Get-BgpStatistics")]
    public void Each_needs_a_speaker_that_runs(string command)
    {
        Assert.Equal("BgpClusterNotConnected", _shell.Fail(command));
        Assert.Equal("BgpSpeakerNotFound", _shell.Fail($"{command} -Speaker nobody"));
    }

    [Fact]
    public void From_speakers_to_sessions_to_waiting_to_routes()
    {
        IReadOnlyList<object> waited = _shell.Run($"Get-BgpSpeaker {_speakers.Id}-* | Get-BgpSession | Wait-BgpSession -TimeoutSec 20");
        Assert.Equal(2, waited.Count);
        _shell.Run($"Add-BgpRoute 203.0.113.1 127.0.0.3, 127.0.0.4 -Speaker {Node}");
        _speakers.WaitForPaths(2);
        IReadOnlyList<object> routes = _shell.Run($"Get-BgpSpeaker {Node} | Get-BgpSession | Wait-BgpSession | Get-BgpRoute -Direction Advertised");
        Assert.Equal(["127.0.0.3", "127.0.0.4"], routes.Cast<BgpRoute>().Select(route => route.NextHop.ToString()));
    }

    [Fact]
    public void A_state_does_not_come_from_the_pipeline() =>
        Assert.Equal(BgpReportedState.Established, _shell.One<BgpSession>($"[pscustomobject]@{{ Speaker = '{Node}'; State = 'Idle'; TimeoutSec = 0 }} | Wait-BgpSession").State);

    [Fact]
    public void Waiting_in_vain_is_an_error_with_the_reason_and_shows_progress()
    {
        _shell.Run($"New-BgpPeer -Speaker {Node} -PeerIPAddress 127.0.0.88 -PeerASN 64999 -Port 9 -Name silent");
        Result result = _shell.Invoke($"Wait-BgpSession -Speaker {Node} -Peer silent -TimeoutSec 0");
        Assert.Empty(result.Output);
        Assert.Equal("BgpSessionWaitTimeout,BgpLoadBalancer.PowerShell.Commands.Sessions.WaitBgpSession", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Contains($"127.0.0.88-{Node} is ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(_shell.Console.Progress, record => record.StatusDescription == "0 of 1 Established");
        Assert.Equal(System.Management.Automation.ProgressRecordType.Completed, _shell.Console.Progress.Last().RecordType);
    }

    [Fact]
    public async Task A_reset_ends_the_session_and_it_comes_back()
    {
        CancellationToken limit = TestContext.Current.CancellationToken;
        using Shell watcher = new();
        using RunningScript watch = watcher.Begin($"Watch-BgpSession -Speaker {Node}");
        await watch.NextAsync<BgpSessionEvent>(happened => happened.State == BgpReportedState.Established, limit);
        Assert.Equal(BgpReportedState.Established, _shell.One<BgpSession>($"Get-BgpSession -Speaker {Node} | Reset-BgpSession -PassThru").State);
        await watch.NextAsync<BgpSessionEvent>(happened => happened.OldState == BgpReportedState.Established && happened.State != BgpReportedState.Established, limit);
        Assert.Equal(1, _shell.One<BgpSession>($"Wait-BgpSession -Speaker {Node}").Flaps);
    }

    [Fact]
    public void A_soft_reset_keeps_the_session()
    {
        Assert.Empty(_shell.Run($"Reset-BgpSession -Soft -Speaker {Node}"));
        Assert.Equal(0, _shell.One<BgpSession>($"Get-BgpSession -Speaker {Node}").Flaps);
        _shell.Run($"New-BgpPeer -Speaker {Node} -PeerIPAddress 127.0.0.88 -PeerASN 64999 -Port 9 -Name silent");
        Assert.Equal("BgpSessionNotEstablished", _shell.Fail($"Reset-BgpSession -Soft -Speaker {Node} -Peer silent"));
    }

    [Fact]
    public void Statistics_are_found_as_sessions_are()
    {
        BgpStatistics statistics = _shell.One<BgpStatistics>($"Get-BgpSession -Speaker {Node} | Get-BgpStatistics");
        Assert.Equal(("router", Node, BgpSessionState.Established), (statistics.Peer, statistics.Speaker, statistics.State));
        Assert.True(statistics.MessagesSent >= 2 && statistics.Sent.Open.Count == 1);
        Assert.Equal("BgpSessionNotFound", _shell.Fail($"Get-BgpStatistics 127.0.0.77 -Speaker {Node}"));
    }
}
