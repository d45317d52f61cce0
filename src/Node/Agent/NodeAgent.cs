using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Node.Agent.Reports;
using BgpLoadBalancer.Node.Agent.Routes;
using BgpLoadBalancer.Node.Agent.Sessions;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.Node.Reporting;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>
/// What a node does for the cluster: it plans as the controller does, holds the floating IPs that the controller gives it, has the plan's sessions from
/// them, announces the plan's routes, and says how it is (R8-R10, R18, R19, R22-R24, R28, R30). While the store is away it goes on with what it last
/// knew; only floating IPs are dropped in time.
/// </summary>
public sealed class NodeAgent : IAsyncDisposable
{
    private static readonly TimeSpan s_lastWrites = TimeSpan.FromSeconds(2);

    private readonly NodeAgentSettings _settings;
    private readonly NodeAgentHost _host;
    private readonly TimeProvider _timeProvider;
    private readonly Action<ControlEvent> _report;
    private readonly BgpSpeaker _speaker;
    private readonly ClusterObserver _observer;
    private readonly NodeSessions _sessions;
    private readonly NodeRoutes _routes;
    private readonly SessionReporter _reporter;
    private readonly FloatingIPAgent _floatingIPs;
    private readonly NodeLease _lease;
    private readonly NodeAddressPublisher _addresses;
    private readonly KeptLoop[] _loops;
    private readonly PlanReasonLog _reasons;
    private readonly TaskCompletionSource _plannedRestart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _planned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PlanState _state = new(null, null, null);
    private int _started;
    private bool _running;

    /// <param name="store">The cluster that the node is part of; in a user cluster, the copies of the configuration are in it too.</param>
    /// <param name="clusterNamespace">Where those are.</param>
    /// <param name="random">Spreads what many agents do at one time.</param>
    /// <param name="report">Called from any thread; for a log. Must return soon.</param>
    /// <exception cref="ArgumentException">The settings are not possible.</exception>
    public NodeAgent(IClusterStore store, string clusterNamespace, NodeAgentSettings settings, NodeAgentHost host, TimeProvider timeProvider, Random random, Action<ControlEvent> report)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrEmpty(clusterNamespace);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(random);
        settings.Check();
        _reasons = new(report);
        (_settings, _host, _timeProvider, _report) = (settings, host, timeProvider, report);
        _speaker = new(new() { Seed = random.Next(), TimeProvider = timeProvider, Transport = host.Transport, Observer = new AgentObserver(() => _reporter!.Wake(), report) });
        _sessions = new(settings.NodeName, _speaker, report);
        _routes = new(_speaker);
        _reporter = new(store, new ServiceReports(_speaker, _sessions.GetSessions, timeProvider).Get, settings.SessionReportPeriod, timeProvider, report);
        _floatingIPs = new(new(settings.NodeName, store, host.FloatingIPs, _sessions, settings.FloatingIPs, Tell, timeProvider));
        _lease = new(store, settings.NodeName, settings.NodeLeaseRenew, settings.NodeLeaseDuration, timeProvider, report);
        _addresses = new(store, host.Subnets, settings.NodeName, () => State.Moving, timeProvider, report);
        ObserverSettings seen = new() { NodeLeaseDuration = settings.NodeLeaseDuration, PlacementIsGiven = true, WithdrawWithoutEndpoints = settings.WithdrawWithoutEndpoints, Secrets = true };
        _observer = new(new(store, store, clusterNamespace), seen, timeProvider, random, report);
        _loops =
        [
            Kept("Watching the cluster", _observer.RunAsync),
            Kept("Following the plan", new PlanLoop(_observer, Follow).RunAsync),
            Kept("Reporting sessions", _reporter.RunAsync),
            Kept("Renewing the node's Lease", _lease.RunAsync),
            Kept("Publishing the node's addresses", PublishAsync),
            .. host.Parts.Select(part => Kept(part.GetType().Name, part.RunAsync)),
        ];
    }

    public NodeAgentStatus Status => new(
        _settings.NodeName,
        Volatile.Read(ref _running),
        _floatingIPs.GetSnapshots(),
        _sessions.GetSessions(),
        _speaker.RouteCount,
        _observer.IsCurrent,
        State.Time,
        Problems.FirstOrDefault(problem => problem is not null));

    // The gravest first.
    private IEnumerable<string?> Problems =>
    [
        .. _loops.Select(loop => loop.Problem),
        State is { Time: not null, Plan: null } ? "There is no Cluster in the namespace." : null,
        _lease.Problem,
        _reporter.Problem,
        _addresses.Problem,
        .. _host.Parts.Select(part => part.Problem),
    ];

    private PlanState State => Volatile.Read(ref _state);

    /// <summary>
    /// R24's planned restart, instead of cancelling <see cref="RunAsync"/>: nothing is withdrawn, sessions are closed without NOTIFICATION, and addresses and leases are
    /// left to the successor for as long as they last. <see cref="RunAsync"/> returns when that is done.
    /// </summary>
    public void RequestPlannedRestart() => _plannedRestart.TrySetResult();

    /// <summary>
    /// Works until cancelled, once. Then, and before it returns, everything is withdrawn, sessions end with a Cease, addresses are removed and leases given back.
    /// A part that fails as nobody expected is reported and begins anew, while the others go on; only when even that fails, the agent ends as for a planned restart, because its
    /// supervisor starts it again, and throws the fault.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0) throw new InvalidOperationException("A node agent runs once: make another one.");
        Volatile.Write(ref _running, true);
        using CancellationTokenSource working = new();
        try
        {
            _speaker.Start();
            Task[] parts = [.. _loops.Select(loop => loop.RunAsync(working.Token))];
            Task asked = Task.Delay(Timeout.InfiniteTimeSpan, _timeProvider, cancellationToken);
            Task first = await Task.WhenAny([asked, _plannedRestart.Task, .. parts]).ConfigureAwait(false);
            await working.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Exception[] faults = [.. parts.Where(part => part.IsFaulted).SelectMany(part => part.Exception!.InnerExceptions)];
            if (faults.Length == 0 && parts.Contains(first)) faults = [new InvalidOperationException("A part of the node agent has ended by itself.")];
            foreach (Exception fault in faults) _report(new(ControlEventLevel.Warning, "the agent ends because of a fault in it", $"Node {_settings.NodeName}", fault.ToString()));
            await EndAsync(ReferenceEquals(first, asked) ? BgpStopMode.Shutdown : BgpStopMode.PlannedRestart).ConfigureAwait(false);
            if (faults.Length > 0) throw new AggregateException("The node agent has ended because of a fault in it.", faults);
        }
        finally
        {
            Volatile.Write(ref _running, false);
        }
    }

    /// <summary>After <see cref="RunAsync"/> has returned, or instead of it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _floatingIPs.DisposeAsync().ConfigureAwait(false);
        await _speaker.DisposeAsync().ConfigureAwait(false);
    }

    private KeptLoop Kept(string subject, Func<CancellationToken, Task> loop) => new(subject, loop, _timeProvider, _report);

    // Routes first: a session that comes up without them would tell the router that there are none (RFC 4724's End-of-RIB).
    private void Follow(ClusterPlan? plan, ClusterObservation seen)
    {
        _routes.Follow(plan);
        _sessions.Follow(plan, seen.Secrets);
        _floatingIPs.Place(seen.Snapshot?.NetworkGatewayGroup);
        foreach (INodeAgentPart part in _host.Parts) part.Follow(plan);
        _reasons.Follow(plan);
        _reporter.Wake();
        PlanState before = State;
        Volatile.Write(ref _state, new(seen.Snapshot, plan, _timeProvider.GetUtcNow()));
        if (plan is null) return;
        _ = _planned.TrySetResult();
        if (seen.Snapshot!.Cluster != before.Snapshot?.Cluster || seen.Snapshot.NetworkGatewayGroup != before.Snapshot.NetworkGatewayGroup) _addresses.Changed();
    }

    // Not before it is known which addresses move: a predecessor may have left some on the interfaces.
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        await _planned.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _addresses.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task EndAsync(BgpStopMode mode)
    {
        // By the drop time the kernel has removed what could not be, and nothing is left to wait for.
        using (CancellationTokenSource limit = new(_settings.FloatingIPs.Drop, _timeProvider))
        {
            await _floatingIPs.StopAsync(mode, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _speaker.StopAsync(mode, CancellationToken.None).ConfigureAwait(false);
        if (mode == BgpStopMode.PlannedRestart) return;
        using CancellationTokenSource lastWrites = new(s_lastWrites, _timeProvider);
        await _lease.ReleaseAsync(lastWrites.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _reporter.ReportAllAsync(lastWrites.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Tell(FloatingIPReport told)
    {
        bool usual = told.Kind is FloatingIPReportKind.Taken or FloatingIPReportKind.Released or FloatingIPReportKind.Waiting;
        _report(new(usual ? ControlEventLevel.Information : ControlEventLevel.Warning, told.Message, told.Address is null ? "Floating IPs" : $"Floating IP {told.Address}"));
    }

    private sealed record PlanState(ClusterSnapshot? Snapshot, ClusterPlan? Plan, DateTimeOffset? Time)
    {
        public IReadOnlySet<IPAddress> Moving => Snapshot is null || Plan is null ? ImmutableHashSet<IPAddress>.Empty : MovingAddresses.Of(Snapshot, Plan);
    }
}
