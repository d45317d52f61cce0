using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpSpeaker = BgpLoadBalancer.PowerShell.Models.BgpSpeaker;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>A router (AS 64999, listening on a free port of 127.0.0.2) and a node (AS 65001, on 127.0.0.3), under names that no other test has.</summary>
internal sealed class TwoSpeakers : IDisposable
{
    public const string RouterAddress = "127.0.0.2";
    public const string NodeAddress = "127.0.0.3";

    private static int s_number;

    private readonly Shell _shell;

    public TwoSpeakers(Shell shell)
    {
        _shell = shell;
        Id = $"t{Interlocked.Increment(ref s_number)}";
        Port = shell.One<BgpSpeaker>($"Start-BgpSpeaker {Router} 64999 -LocalIPAddress {RouterAddress} -Port 0 -Passive").Port!.Value;
        shell.Run($"Start-BgpSpeaker {Node} 65001 -LocalIPAddress {NodeAddress}");
    }

    public string Id { get; }

    public string Router => $"{Id}-router";

    public string Node => $"{Id}-node";

    public int Port { get; }

    /// <summary>Makes them peers of each other and waits for the session.</summary>
    public TwoSpeakers Peer()
    {
        _shell.Run($"New-BgpPeer -Speaker {Router} -PeerIPAddress {NodeAddress} -PeerASN 65001 -Name node");
        _shell.Run($"New-BgpPeer -Speaker {Node} -PeerIPAddress {RouterAddress} -PeerASN 64999 -Port {Port} -Name router");
        BgpSession session = _shell.One<BgpSession>($"Wait-BgpSession -Speaker {Node}");
        Assert.Equal(BgpReportedState.Established, session.State);
        return this;
    }

    /// <summary>Waits until the router has this many paths from the node.</summary>
    public void WaitForPaths(long paths) => WaitForRouter(session => session.PathsReceived == paths);

    /// <summary>Waits until the router's session with the node has ended.</summary>
    public void WaitForGoodbye() => WaitForRouter(session => session.State != BgpSessionState.Established);

    private void WaitForRouter(Func<BgpSessionInfo, bool> condition)
    {
        Assert.True(SpeakerTable.TryGet(Router, out RunningSpeaker? router));
        Assert.True(router.Engine.WaitForSessionAsync("node", condition, TestContext.Current.CancellationToken).Wait(RunningScript.Limit), $"The router has {router.Engine.GetSession("node")}.");
    }

    public void Dispose() => _shell.Run($"Stop-BgpSpeaker {Id}-*");
}
