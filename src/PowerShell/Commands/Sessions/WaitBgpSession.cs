using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>
/// Waits until sessions are in a state. Those that are not in time are errors, one each, with their last error. A cluster's sessions may also come
/// only now: with a peer that was added a moment ago, say.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "BgpSession")]
[OutputType(typeof(BgpSession))]
public sealed class WaitBgpSession : SessionCmdlet
{
    private const string Activity = "Waiting for BGP sessions";

    private readonly List<(RunningSpeaker Speaker, BgpSessionInfo Session)> _waited = [];
    private readonly Dictionary<ConnectedCluster, (ClusterPeerNames Names, List<ClusterSessionFilter> Filters)> _clusters = [];
    private int _reached;

    [Parameter]
    public BgpReportedState State { get; set; } = BgpReportedState.Established;

    /// <summary>For all sessions together.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int TimeoutSec { get; set; } = 30;

    protected override void ProcessRecord()
    {
        if (IsAboutOther) return;
        if (IsForSpeaker) AddOfSpeaker();
        else AddOfCluster();
    }

    protected override void EndProcessing()
    {
        if (_waited.Count + _clusters.Count > 0) RunAsync(WaitAllAsync);
    }

    private void AddOfSpeaker()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (BgpSessionInfo session in FindSessions(speaker))
        {
            if (!_waited.Exists(other => other.Speaker == speaker && other.Session.Peer == session.Peer)) _waited.Add((speaker, session));
        }
    }

    private void AddOfCluster()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        if (!_clusters.TryGetValue(cluster, out (ClusterPeerNames, List<ClusterSessionFilter> Filters) of))
        {
            if (!TryGetPeerNames(cluster, out ClusterPeerNames? names)) return;
            _clusters.Add(cluster, of = (names, []));
        }

        of.Filters.Add(ClusterFilter());
    }

    private async Task WaitAllAsync()
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
        ShowProgress();
        await Task.WhenAll(
        [
            .. _waited.Select(waited => WaitAsync(waited.Speaker, waited.Session, timeout.Token)),
            .. _clusters.Select(cluster => WaitAsync(cluster.Key, new(cluster.Value.Names, cluster.Value.Filters, State), timeout.Token)),
        ]).ConfigureAwait(false);
        Post(() => WriteProgress(new ProgressRecord(0, Activity, "Done") { RecordType = ProgressRecordType.Completed }));
    }

    private async Task WaitAsync(RunningSpeaker speaker, BgpSessionInfo session, CancellationToken cancellationToken)
    {
        try
        {
            BgpSessionInfo reached = await speaker.Engine.WaitForSessionAsync(session.Peer, now => (BgpReportedState)now.State == State, cancellationToken).ConfigureAwait(false);
            Reached(SessionSnapshot.Of(speaker, reached));
        }
        catch (ArgumentException)
        {
            Post(() => WriteError(BgpErrors.PeerNotFound(session.Peer, speaker.Name, speaker.Engine.Peers.Select(peer => peer.Name))));
        }
        catch (OperationCanceledException) when (!StopToken.IsCancellationRequested)
        {
            BgpSessionInfo? last = speaker.Engine.GetSession(session.Peer);
            Post(() => WriteError(last is null
                ? BgpErrors.PeerNotFound(session.Peer, speaker.Name, speaker.Engine.Peers.Select(peer => peer.Name))
                : TooLate($"{session.PeerAddress}-{speaker.Name}", last.State.ToString(), last.LastError)));
        }
    }

    private async Task WaitAsync(ConnectedCluster cluster, ClusterSessionWait wait, CancellationToken cancellationToken)
    {
        try
        {
            await wait.RunAsync(cluster.Store, Reached, cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterStoreException e)
        {
            Post(() => WriteError(BgpErrors.Store(e, cluster.Name, null)));
        }
        catch (OperationCanceledException) when (!StopToken.IsCancellationRequested)
        {
            foreach (BgpSession late in wait.Late) Post(() => WriteError(TooLate(late.Name, late.State.ToString(), late.LastError)));
            foreach (ClusterSessionFilter missing in wait.Missing) Post(() => WriteError(missing.IsForAll && !wait.Peers.Any() ? BgpErrors.NoSessions(cluster.Name, TimeSpan.FromSeconds(TimeoutSec)) : BgpErrors.SessionNotFound(missing.ToString(), $"After {TimeoutSec} s cluster '{cluster.Name}'", wait.Peers)));
        }
    }

    private System.Management.Automation.ErrorRecord TooLate(string name, string state, string? lastError) =>
        BgpErrors.SessionWaitTimeout(name, state, State.ToString(), TimeSpan.FromSeconds(TimeoutSec), lastError);

    private void Reached(BgpSession session)
    {
        Post(() => WriteObject(session));
        Interlocked.Increment(ref _reached);
        ShowProgress();
    }

    // How many sessions a cluster has to wait for shows only on the way.
    private void ShowProgress() => Post(() => WriteProgress(_clusters.Count > 0
        ? new ProgressRecord(0, Activity, $"{_reached} {State}")
        : new ProgressRecord(0, Activity, $"{_reached} of {_waited.Count} {State}") { PercentComplete = 100 * _reached / _waited.Count }));
}
