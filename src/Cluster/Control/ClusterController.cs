using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Planning;
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
    private ControllerStatus _status = new(false, 0, null, 0, 0, 0, 0, null);

    public ControllerStatus Status => Volatile.Read(ref _status);

    /// <summary>Works whenever it leads, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => gate.RunAsync(LeadAsync, cancellationToken);

    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        report(new(ControlEventLevel.Information, "leads"));
        Volatile.Write(ref _status, Status with { Leading = true, Passes = 0 });
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ControllerView view = new(stores, settings, await SourceAsync(cancellationToken).ConfigureAwait(false), timeProvider, random, report);
        Task watching = view.Observer.RunAsync(ending.Token);
        Task working = WorkAsync(view, ending.Token);
        try
        {
            // Neither ends by itself: a fault in one is to end the other.
            await (await Task.WhenAny(watching, working).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watching, working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Volatile.Write(ref _status, Status with { Leading = false });
            report(new(ControlEventLevel.Information, "leads no more"));
        }
    }

    private async Task WorkAsync(ControllerView view, CancellationToken cancellationToken)
    {
        WriteQueue queue = new(stores, view.Observer.Hub, random);
        ClusterPlan? plan = null;
        TimeSpan? again = null;
        while (true)
        {
            ClusterObservation seen = await view.Observer.NextAsync(again, cancellationToken).ConfigureAwait(false);
            if (seen.Snapshot is not { } snapshot)
            {
                Problem($"There is no Cluster in the namespace '{stores.Namespace}'.");
                (plan, again) = (null, null);
                continue;
            }

            plan = plan is null ? Planner.Plan(snapshot) : seen.Changes.IsEmpty ? plan : Planner.Plan(snapshot, plan, seen.Changes);
            ImmutableArray<StoreWrite> writes = view.Reconcile(plan, snapshot, out TimeSpan? nextSilence);
            TimeSpan? retry = await queue.ExecuteAsync(writes, cancellationToken).ConfigureAwait(false);
            again = retry is null || nextSilence < retry ? nextSilence ?? retry : retry;
            Passed(plan, queue.Failing);
        }
    }

    // The lead was won a moment ago, so this rarely waits.
    private async Task<string> SourceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return Copies.SourceOf(await stores.Configuration.GetClusterUidAsync(cancellationToken).ConfigureAwait(false), stores.Namespace);
            }
            catch (ClusterStoreException exception)
            {
                report(new(ControlEventLevel.Warning, "the UID of the admin cluster cannot be read; it is tried again", Error: exception.Message));
                await Task.Delay(TimeSpan.FromSeconds(1), timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Problem(string problem)
    {
        if (Status.Problem != problem) report(new(ControlEventLevel.Warning, problem));
        Volatile.Write(ref _status, Status with { Problem = problem });
    }

    private void Passed(ClusterPlan plan, int failing) => Volatile.Write(ref _status, Status with
    {
        Passes = Status.Passes + 1,
        LastPass = timeProvider.GetUtcNow(),
        Services = plan.Services.Length,
        AnnouncedServices = plan.Services.Count(service => service.Announced),
        Sessions = plan.ServiceSessions.Length,
        Failing = failing,
        Problem = null,
    });
}
