using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>
/// Watches a cluster, plans, and writes what needs a single writer: addresses of Services, the placement of floating IPs, copies to the user
/// cluster, and the objects that people look at (R30–R32, R36, R38). Level-triggered: it can be stopped anywhere and started twice.
/// </summary>
/// <param name="gate">Lets one of several controllers work.</param>
/// <param name="random">Spreads retries.</param>
/// <param name="report">Called from any thread; for a log.</param>
public sealed class ClusterController(ClusterStores stores, ControllerSettings settings, ILeaderGate gate, TimeProvider timeProvider, Random random, Action<ControlEvent> report)
{
    private static readonly TimeSpan s_longestCall = TimeSpan.FromSeconds(10);
    private ControllerStatus _status = new(false, 0, null, 0, 0, 0, 0, null);
    private readonly PlanReasonLog _reasons = new(report);
    private ClusterObserver? _observer;

    public ControllerStatus Status
    {
        get
        {
            ControllerStatus status = Volatile.Read(ref _status) with { Reasons = _reasons.Current };
            return status.Problem is not null ? status : status with { Problem = status.Leading ? Volatile.Read(ref _observer)?.Problem : gate.Problem };
        }
    }

    /// <summary>Works whenever it leads, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => gate.RunAsync(LeadAsync, cancellationToken);

    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        report(new(ControlEventLevel.Information, "leads"));
        Volatile.Write(ref _status, _status with { Leading = true, Passes = 0 });
        try
        {
            string? source = stores.SelfManaged ? null : await SourceAsync(cancellationToken).ConfigureAwait(false);
            await FollowAsync(new(stores, settings, source, timeProvider, random, report), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _observer, null);
            _reasons.Follow(null);
            Volatile.Write(ref _status, _status with { Leading = false, Problem = null, NodesWithoutLease = [] });
            report(new(ControlEventLevel.Information, "leads no more"));
        }
    }

    private async Task FollowAsync(ControllerView view, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _observer, view.Observer);
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = view.Observer.RunAsync(ending.Token);
        Task working = new ControllerLoop(stores, view, timeProvider, random, Passed).RunAsync(ending.Token);
        try
        {
            // Neither ends by itself.
            await (await Task.WhenAny(watching, working).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watching, working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Null when both stores lead to one cluster, which is no copy of itself.</returns>
    private async Task<string?> SourceAsync(CancellationToken cancellationToken)
    {
        string admin = await UidAsync(stores.Configuration, "admin", cancellationToken).ConfigureAwait(false);
        string user = await UidAsync(stores.Workload, "user", cancellationToken).ConfigureAwait(false);
        return admin == user ? null : Copies.SourceOf(admin, stores.Namespace);
    }

    // The lead was won a moment ago, so this rarely waits.
    private async Task<string> UidAsync(IClusterStore store, string which, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                string uid = await StoreCall.InTimeAsync(store.GetClusterUidAsync, s_longestCall, timeProvider, cancellationToken).ConfigureAwait(false);
                Problem(null);
                return uid;
            }
            catch (ClusterStoreException exception)
            {
                Problem($"The UID of the {which} cluster cannot be read; it is tried again: {exception.Message}");
                await Task.Delay(TimeSpan.FromSeconds(1), timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Problem(string? problem) => Publish(_status with { Problem = problem });

    private void Publish(ControllerStatus status)
    {
        if (status.Problem is not null && _status.Problem != status.Problem) report(new(ControlEventLevel.Warning, status.Problem));
        Volatile.Write(ref _status, status);
    }

    private void Passed(PassResult pass)
    {
        ControllerStatus now = _status with { Problem = ProblemOf(pass) };
        if (pass.Seen)
        {
            now = now with { Passes = now.Passes + 1, LastPass = timeProvider.GetUtcNow(), Failing = pass.Failing, NodesWithoutLease = pass.NodesWithoutLease };
            // After a fault in planning the numbers and reasons are those of the last plan.
            if (pass.Plan is not null || pass.Faults.Count == 0)
            {
                _reasons.Follow(pass.Plan);
                now = now with
                {
                    Services = pass.Plan?.Services.Length ?? 0,
                    AnnouncedServices = pass.Plan?.Services.Count(service => service.Announced) ?? 0,
                    Sessions = pass.Plan?.ServiceSessions.Length ?? 0,
                };
            }
        }

        // Last, and in one piece: who sees that a problem is over sees what came of it, and what was said of the pass has been said.
        Publish(now);
    }

    private string? ProblemOf(PassResult pass) => pass switch
    {
        { Faults: [{ } only] } => $"{only}",
        { Faults: [{ } first, ..] } => $"{first} (and {pass.Faults.Count - 1} more)",
        { CopyOf: { } source } => $"The resources in the namespace '{stores.Namespace}' are copies of those in the namespace '{source.Namespace}' of an admin cluster (UID {source.AdminClusterUid}): "
            + "its controller works for this cluster, and this one does not.",
        { Plan: null } => $"There is no Cluster in the namespace '{stores.Namespace}'.",
        _ => null,
    };
}
