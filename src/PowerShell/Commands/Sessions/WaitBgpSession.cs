using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Waits until sessions are in a state. Those that are not in time are errors, one each, with their last error.</summary>
[Cmdlet(VerbsLifecycle.Wait, "BgpSession")]
[OutputType(typeof(BgpSession))]
public sealed class WaitBgpSession : SessionCmdlet
{
    private const string Activity = "Waiting for BGP sessions";

    private readonly List<(RunningSpeaker Speaker, BgpSessionInfo Session)> _waited = [];

    [Parameter]
    public BgpSessionState State { get; set; } = BgpSessionState.Established;

    /// <summary>For all sessions together.</summary>
    [Parameter]
    [ValidateRange(0, 86_400)]
    public int TimeoutSec { get; set; } = 30;

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (BgpSessionInfo session in FindSessions(speaker, PeerIPAddress, Peer))
        {
            if (!_waited.Exists(other => other.Speaker == speaker && other.Session.Peer == session.Peer)) _waited.Add((speaker, session));
        }
    }

    protected override void EndProcessing()
    {
        if (_waited.Count > 0) RunAsync(WaitAllAsync);
    }

    private async Task WaitAllAsync()
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(StopToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(TimeoutSec));
        int reached = 0;
        ShowProgress(0);
        await Task.WhenAll(_waited.Select(async waited =>
        {
            if (await WaitAsync(waited.Speaker, waited.Session, timeout.Token).ConfigureAwait(false)) ShowProgress(Interlocked.Increment(ref reached));
        })).ConfigureAwait(false);
        Post(() => WriteProgress(new ProgressRecord(0, Activity, "Done") { RecordType = ProgressRecordType.Completed }));
    }

    private async Task<bool> WaitAsync(RunningSpeaker speaker, BgpSessionInfo session, CancellationToken cancellationToken)
    {
        string name = $"{session.PeerAddress}-{speaker.Name}";
        try
        {
            BgpSessionInfo reached = await speaker.Engine.WaitForSessionAsync(session.Peer, now => now.State == State, cancellationToken).ConfigureAwait(false);
            Post(() => WriteObject(SessionSnapshot.Of(speaker, reached)));
            return true;
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
                : BgpErrors.SessionWaitTimeout(name, last.State.ToString(), State.ToString(), TimeSpan.FromSeconds(TimeoutSec), last.LastError)));
        }

        return false;
    }

    private void ShowProgress(int reached) => Post(() => WriteProgress(new ProgressRecord(0, Activity, $"{reached} of {_waited.Count} {State}")
    {
        PercentComplete = 100 * reached / _waited.Count,
    }));
}
