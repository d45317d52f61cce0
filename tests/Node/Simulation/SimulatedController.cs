using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>Names a node, and lets the agents hear of it and of the lease: late, in any order, or not at all.</summary>
internal sealed class SimulatedController
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _store;
    private readonly IReadOnlyList<SimulatedNode> _nodes;
    private readonly Dictionary<(SimulatedNode Node, int Incarnation), int> _heard = [];
    private int _placements;

    public SimulatedController(SimulatedWorld world, SimulatedStore store, IReadOnlyList<SimulatedNode> nodes)
    {
        _world = world;
        _store = store;
        _nodes = nodes;
        store.Changed += lease =>
        {
            foreach (SimulatedNode node in nodes)
            {
                int incarnation = node.Incarnation;
                Send(node, () => node.Post(incarnation, now => new LeaseWatched(now, lease)));
            }
        };
    }

    /// <summary>Null: on no node.</summary>
    public SimulatedNode? Named { get; private set; }

    /// <summary>It is no floating IP at present.</summary>
    public bool IsGone { get; private set; }

    public void Place(SimulatedNode? named, bool gone = false)
    {
        Named = named;
        IsGone = gone;
        _placements++;
        _world.Note("ctrl", $"PLACEMENT {(gone ? "gone" : named?.Name ?? "nowhere")}");
        foreach (SimulatedNode node in _nodes)
        {
            // An agent starts a new state machine for a floating IP that is there again.
            if (!gone && node.Process == ProcessState.Dead && node.State.Placement == FloatingIPPlacement.Gone) node.Start();
            Inform(node);
        }
    }

    /// <summary>What a node hears when it starts, or comes back.</summary>
    public void Inform(SimulatedNode node)
    {
        FloatingIPPlacement placement = IsGone ? FloatingIPPlacement.Gone : node == Named ? FloatingIPPlacement.Here : FloatingIPPlacement.Elsewhere;
        LeaseResource? lease = _store.Lease;
        int number = _placements;
        (SimulatedNode Node, int Incarnation) listener = (node, node.Incarnation);
        Send(node, () =>
        {
            // All placements are in one object, and changes of one object are heard in their order.
            if (_heard.GetValueOrDefault(listener) > number) return;
            _heard[listener] = number;
            node.Post(listener.Incarnation, now => new PlacementChanged(now, placement));
        });
        Send(node, () => node.Post(listener.Incarnation, now => new LeaseWatched(now, lease)));
    }

    private void Send(SimulatedNode node, Action deliver)
    {
        if (node.Connected && _store.Available && !(_world.Faulty && _world.Chance(0.02))) _world.Queue.After(_world.Delay(), deliver);
    }
}
