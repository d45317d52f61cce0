using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Reporting;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>
/// Keeps the specs of this node's control-plane BGPSessions as the plan has them (R30, R32): it makes, changes and deletes them. Their status is somebody else's.
/// </summary>
internal sealed class ControlPlaneObjects(IClusterStore store, string node, TimeProvider timeProvider, Action<ControlEvent> report)
{
    /// <summary>How often they are looked at anyway. Where the plan has none, only until those that were there are gone.</summary>
    public static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(30);

    private readonly WakeSignal _changed = new(timeProvider);
    private NodeControlPlane? _now;
    private string? _problem;

    /// <summary>Why they are not as they should be; null when they are.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>From one thread at a time. Nothing is done before the first call.</summary>
    public void Follow(NodeControlPlane now)
    {
        bool same = Volatile.Read(ref _now) is { } before && before.Sessions.AsSpan().SequenceEqual(now.Sessions.AsSpan());
        // The plan too: names depend on all of it.
        Volatile.Write(ref _now, now);
        if (!same) _changed.Wake();
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan retry = StoreCalls.Retry;
        while (true)
        {
            NodeControlPlane? now = Volatile.Read(ref _now);
            string? problem = now is null ? null : await TryAlignAsync(now, cancellationToken).ConfigureAwait(false);
            if (problem is not null && Problem is null) report(new(ControlEventLevel.Warning, "control-plane BGPSessions cannot be brought in order; it is tried again", $"Node {node}", problem));
            Volatile.Write(ref _problem, problem);
            TimeSpan pause = problem is not null ? retry : now is null or { Sessions.IsEmpty: true } ? Timeout.InfiniteTimeSpan : CheckPeriod;
            await _changed.WaitAsync(pause, cancellationToken).ConfigureAwait(false);
            retry = problem is null ? StoreCalls.Retry : retry * 2 < CheckPeriod ? retry * 2 : CheckPeriod;
        }
    }

    /// <returns>The first thing that failed, when all was tried; null when nothing did.</returns>
    private async Task<string?> TryAlignAsync(NodeControlPlane now, CancellationToken cancellationToken)
    {
        string? problem = null;
        try
        {
            ResourceList<BgpSessionResource> all = await CallAsync(token => store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, token), cancellationToken).ConfigureAwait(false);
            foreach (Func<CancellationToken, Task> write in Writes(now, PlannedNames.OfSessions(now.Plan, all.Items)))
            {
                try
                {
                    await write(cancellationToken).ConfigureAwait(false);
                }
                catch (ClusterStoreException exception)
                {
                    problem ??= exception.Message;
                }
            }
        }
        catch (ClusterStoreException exception)
        {
            return exception.Message;
        }

        return problem;
    }

    // Deletions first: the names may be given anew.
    private IEnumerable<Func<CancellationToken, Task>> Writes(NodeControlPlane now, ObjectNames<SessionIdentity, BgpSessionResource> names)
    {
        foreach (BgpSessionResource old in names.Surplus.Where(old => old.FloatingIP is null && old.NodeName == node))
        {
            yield return token => CallAsync(inTime => store.DeleteAsync<BgpSessionResource>(old.Metadata.Namespace, old.Metadata.Name, old.Metadata.ResourceVersion, inTime), token);
        }

        foreach (ControlPlaneSession session in now.Sessions)
        {
            SessionIdentity identity = SessionIdentity.Of(session);
            if (!names.Kept.TryGetValue(identity, out BgpSessionResource? old))
            {
                BgpSessionResource made = Spec(session, new() { Name = names.Names[identity], Namespace = LeaseNames.SystemNamespace });
                yield return token => CallAsync(inTime => store.CreateAsync(made, inTime), token);
            }
            else if (Spec(session, old.Metadata) with { Status = old.Status } is { } wanted && wanted != old)
            {
                yield return token => CallAsync(inTime => store.UpdateAsync(wanted, inTime), token);
            }
        }
    }

    private Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) => StoreCalls.InTimeAsync(call, timeProvider, cancellationToken);

    private static BgpSessionResource Spec(ControlPlaneSession session, ResourceMetadata metadata) => new()
    {
        Metadata = metadata,
        LocalAsn = session.LocalAsn,
        LocalIP = session.LocalAddress,
        NodeName = session.Node,
        PeerAsn = session.PeerAsn,
        PeerIP = session.PeerAddress,
    };
}
