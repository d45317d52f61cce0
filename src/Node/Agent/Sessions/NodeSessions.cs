using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>
/// The service sessions of a node (R3, R18): those of the plan whose floating IP is on this host. Thread-safe.
/// <para>An address that the plan does not give to this node is its holder's to close: until then its sessions stay as they are.</para>
/// </summary>
/// <param name="node">The node's name.</param>
/// <param name="speaker">This object alone adds and removes its peers; whoever made it stops it.</param>
/// <param name="report">For a log; must return soon.</param>
public sealed class NodeSessions(string node, BgpSpeaker speaker, Action<ControlEvent> report) : IFloatingIPSessions
{
    private readonly Lock _sync = new();
    private readonly Dictionary<IPAddress, AddressSessions> _addresses = [];
    private ClusterPlan? _plan;
    private ImmutableArray<SecretResource> _secrets = [];

    public Task OpenAsync(IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_sync)
        {
            if (!_addresses.TryGetValue(address, out AddressSessions? sessions)) _addresses.Add(address, sessions = new(speaker, report));
            sessions.Open();
            Align(address, sessions);
        }

        return Task.CompletedTask;
    }

    public Task CloseAsync(IPAddress address, SessionClosing closing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        lock (_sync)
        {
            return _addresses.TryGetValue(address, out AddressSessions? sessions)
                ? sessions.Close(closing == SessionClosing.Graceful ? BgpStopMode.PlannedRestart : BgpStopMode.Shutdown).WaitAsync(cancellationToken)
                : Task.CompletedTask;
        }
    }

    /// <summary>Goes by another plan from now on.</summary>
    /// <param name="plan">Null: there is none, and what is open stays as it is.</param>
    /// <param name="secrets">Those of the cluster's namespace.</param>
    public void Follow(ClusterPlan? plan, ImmutableArray<SecretResource> secrets)
    {
        lock (_sync)
        {
            // Most plans differ in services alone.
            bool same = plan is not null && _plan is not null && plan.ServiceSessions == _plan.ServiceSessions && plan.FloatingIPs == _plan.FloatingIPs && secrets == _secrets;
            (_plan, _secrets) = (plan, secrets);
            if (same) return;
            foreach ((IPAddress address, AddressSessions sessions) in _addresses) Align(address, sessions);
        }
    }

    /// <summary>The sessions that the plan gives to this node, in its order.</summary>
    public ImmutableArray<NodeSession> GetSessions()
    {
        lock (_sync) return _plan is null ? [] : [.. _plan.ServiceSessions.Where(session => session.Node == node).Select(Describe)];
    }

    private NodeSession Describe(ServiceSession session)
    {
        if (!_addresses.TryGetValue(session.FloatingIP, out AddressSessions? sessions) || !sessions.IsOpen) return new(session, null, $"Floating IP {session.FloatingIP} is not on this node.");
        string name = PlannedPeering.NameOf(session);
        return new(session, speaker.GetSession(name), sessions.ProblemOf(name));
    }

    private void Align(IPAddress address, AddressSessions sessions)
    {
        if (!sessions.IsOpen || _plan is null || !_plan.FloatingIPs.Any(planned => planned.Address.Equals(address) && planned.Node == node)) return;
        sessions.Align(PlannedPeers.Of(_plan, address, _secrets));
    }
}
