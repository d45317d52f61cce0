using System.Collections.Immutable;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Names;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.Agent.Reports;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>
/// The control-plane side of a node's agent: it gives the node's bgpadvertiser its configuration (R11, R14, R15), and reports that one's sessions as BGPSessions (R30).
/// bgpadvertiser is a process of its own, so its sessions last whatever becomes of the agent or of the store.
/// <para>The virtual IP is not conveyed: whoever makes the static pod gives it as <c>--advertise-ip</c>, and it cannot change (R34). A wrong one is seen in the reports.</para>
/// </summary>
public sealed class ControlPlanePart : INodeAgentPart
{
    private readonly string _node;
    private readonly ControlPlaneSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly Action<ControlEvent> _report;
    private readonly HttpMessageHandler? _handler;
    private readonly AdvertiserConfigKeeper _config;
    private readonly ControlPlaneObjects _objects;
    private readonly SessionReporter _reporter;
    private readonly KeptLoop[] _loops;
    private NodeControlPlane? _now;
    private AdvertiserAnswer? _answer;

    /// <param name="store">The cluster that the node is part of.</param>
    /// <param name="agent">Those of the agent that this is a part of.</param>
    /// <param name="report">Called from any thread; for a log. Must return soon.</param>
    /// <param name="handler">How bgpadvertiser is asked; null is HTTP over TCP. It stays the caller's.</param>
    /// <exception cref="ArgumentException">The settings are not possible.</exception>
    public ControlPlanePart(IClusterStore store, NodeAgentSettings agent, ControlPlaneSettings settings, TimeProvider timeProvider, Action<ControlEvent> report, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(settings);
        agent.Check();
        settings.Check();
        (_node, _settings, _timeProvider, _report, _handler) = (agent.NodeName, settings, timeProvider, report, handler);
        _config = new(settings.ConfigPath, timeProvider, report);
        _objects = new(store, agent.NodeName, timeProvider, report);
        _reporter = new(store, GetReports, agent.SessionReportPeriod, timeProvider, report);
        _loops =
        [
            Kept("Writing bgpadvertiser's configuration", _config.RunAsync),
            Kept("Keeping control-plane BGPSessions", _objects.RunAsync),
            Kept("Asking bgpadvertiser", PollAsync),
            Kept("Reporting control-plane sessions", _reporter.RunAsync),
        ];
    }

    /// <summary>What is in its way at the moment; null when nothing is.</summary>
    public string? Problem =>
        _loops.Select(loop => loop.Problem).FirstOrDefault(problem => problem is not null) ?? _config.Problem ?? Volatile.Read(ref _answer)?.Problem ?? _objects.Problem ?? _reporter.Problem;

    public void Follow(ClusterPlan? plan)
    {
        // Without a Cluster all stays as it is, as service sessions do.
        if (plan is null) return;
        NodeControlPlane now = NodeControlPlane.Of(plan, _node);
        Volatile.Write(ref _now, now);
        _config.Follow(now);
        _objects.Follow(now);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops = [.. _loops.Select(loop => loop.RunAsync(ending.Token))];
        // None of them ends by itself unless something is wrong with it.
        await Task.WhenAny(loops).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    private KeptLoop Kept(string subject, Func<CancellationToken, Task> loop) => new(subject, loop, _timeProvider, _report);

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        using AdvertiserClient client = new(_settings.HealthAddress, _settings.PollPeriod, _timeProvider, _handler);
        while (true)
        {
            // Where nothing is planned, somebody else may listen there.
            AdvertiserAnswer? answer = Volatile.Read(ref _now) is { Sessions.IsEmpty: false } ? await client.AskAsync(cancellationToken).ConfigureAwait(false) : null;
            Note(answer);
            await Task.Delay(_settings.PollPeriod, _timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Note(AdvertiserAnswer? answer)
    {
        string? before = Volatile.Read(ref _answer)?.Problem;
        if (before is null && answer?.Problem is { } problem) _report(new(ControlEventLevel.Warning, "the states of control-plane sessions are not known", $"Node {_node}", problem));
        if (before is not null && answer is { Problem: null }) _report(new(ControlEventLevel.Information, "the states of control-plane sessions are known again", $"Node {_node}"));
        Volatile.Write(ref _answer, answer);
    }

    private ImmutableArray<ReportedSession> GetReports()
    {
        if (Volatile.Read(ref _now) is not { } now || Volatile.Read(ref _answer) is not { } answer) return [];
        DateTimeOffset time = _timeProvider.GetUtcNow();
        return [.. now.Sessions.Select(session => new ReportedSession(SessionIdentity.Of(session), ControlPlaneStatuses.Of(session, answer, _settings.ConfigPath, time)))];
    }
}
