using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>Follows one session, passes all on to a log, and knows when further attempts are in vain. Written on the session's loop.</summary>
internal sealed class PeeringProgress(ImmutableArray<string> prefixes, IBgpObserver? log, Action<PeeringStage>? report) : IBgpObserver
{
    private readonly TaskCompletionSource _hopeless = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _echoed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sync = new();
    private PeeringFacts _facts = new();

    // The echo is seen in them.
    public bool WantsUpdates => true;

    public PeeringFacts Facts
    {
        get
        {
            lock (_sync) return _facts;
        }
    }

    /// <summary>Completes when no later attempt will end better.</summary>
    public Task Hopeless => _hopeless.Task;

    /// <summary>Completes when the peer sends one of our prefixes back.</summary>
    public Task Echoed => _echoed.Task;

    public void StateChanged(BgpStateChange change)
    {
        if (change.New >= BgpSessionState.OpenSent) Reach(PeeringStage.TcpConnected, static facts => facts with { TcpConnected = true });
        if (change.New >= BgpSessionState.OpenConfirm) Reach(PeeringStage.OpenReceived, static facts => facts with { OpenReceived = true });
        if (change.New == BgpSessionState.Established) Reach(PeeringStage.Established, static facts => facts);
        log?.StateChanged(change);
    }

    public void ConnectionFailed(string peer, BgpTransportFault fault, string message)
    {
        Note(facts => facts with { Fault = fault, FaultMessage = message });
        if (fault is BgpTransportFault.Refused or BgpTransportFault.Unreachable or BgpTransportFault.LocalAddress or BgpTransportFault.LocalPort) _hopeless.TrySetResult();
        log?.ConnectionFailed(peer, fault, message);
    }

    public void NotificationSent(string peer, NotificationMessage notification)
    {
        bool aboutOpen = notification.Code == BgpErrorCode.OpenMessageError;
        Note(facts => facts with { Sent = notification, OpenReceived = facts.OpenReceived || aboutOpen });
        if (aboutOpen) _hopeless.TrySetResult();
        log?.NotificationSent(peer, notification);
    }

    public void NotificationReceived(string peer, NotificationMessage notification)
    {
        Note(facts => facts with { Received = notification });
        // After a collision the other session may be about to end (R24); everything else is the peer's considered answer.
        bool collision = notification is { Code: BgpErrorCode.Cease, Subcode: CeaseSubcode.ConnectionCollisionResolution };
        if (!collision) _hopeless.TrySetResult();
        log?.NotificationReceived(peer, notification);
    }

    public void UpdateSent(string peer, BgpUpdateSummary update) => log?.UpdateSent(peer, update);

    public void UpdateReceived(string peer, BgpUpdateSummary update)
    {
        // With ADD-PATH the identifier stands behind the prefix.
        if (update.Nlri.Any(nlri => prefixes.Any(prefix => nlri == prefix || nlri.StartsWith(prefix + " ", StringComparison.Ordinal)))) _echoed.TrySetResult();
        log?.UpdateReceived(peer, update);
    }

    public void Warning(string? peer, string message) => log?.Warning(peer, message);

    private void Reach(PeeringStage stage, Func<PeeringFacts, PeeringFacts> change)
    {
        Note(change);
        report?.Invoke(stage);
    }

    private void Note(Func<PeeringFacts, PeeringFacts> change)
    {
        lock (_sync) _facts = change(_facts);
    }
}

/// <summary>What is known of an attempt.</summary>
/// <param name="Sent">The last NOTIFICATION of ours.</param>
internal sealed record PeeringFacts(
    bool TcpConnected = false,
    bool OpenReceived = false,
    NotificationMessage? Sent = null,
    NotificationMessage? Received = null,
    BgpTransportFault? Fault = null,
    string? FaultMessage = null);
