using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>What must hold at every instant, whatever fails.</summary>
internal sealed class Invariants
{
    private readonly SimulatedWorld _world;
    private readonly IReadOnlyList<SimulatedNode> _nodes;
    private readonly Dictionary<string, TimeSpan> _sent = [];

    public Invariants(SimulatedWorld world, SimulatedStore store, IReadOnlyList<SimulatedNode> nodes)
    {
        _world = world;
        _nodes = nodes;
        foreach (SimulatedNode node in nodes)
        {
            node.Committed += Committed;
            node.Kernel.Changed += Changed;
        }

        store.Changed += lease =>
        {
            // A new one gives the address to nobody yet, so the holder of the one that was deleted may still have it.
            if (lease is not null && lease.Holder != LeaseRecord.Unclaimed) LeaseChanged(string.IsNullOrEmpty(lease.Holder) ? null : lease.Holder);
        };
    }

    /// <summary>How often the address came to another node than before.</summary>
    public int Moves { get; private set; }

    /// <summary>The node that had the address last.</summary>
    public string? Last { get; private set; }

    /// <summary>The true time from sending a renewal until the address must be off: the count itself, telling the kernel, and its lateness.</summary>
    private TimeSpan Window => (_world.Settings.Drop * (1 + (2 * SimulatedWorld.Drift))) + SimulatedWorld.Telling + SimulatedWorld.KernelLag;

    private void Committed(SimulatedNode node, TimeSpan sentAt, LeaseWrite write)
    {
        if (write == LeaseWrite.Take && (!_sent.TryGetValue(node.Name, out TimeSpan before) || sentAt > before)) _sent[node.Name] = sentAt;
    }

    private void Changed(SimulatedKernel kernel)
    {
        if (kernel.IsOn)
        {
            foreach (SimulatedNode other in _nodes.Where(node => node.Kernel.IsOn && node.Kernel != kernel)) _world.Violate($"the address is on {other.Name} and on {kernel.Name}");
            if (Last != kernel.Name) Moves++;
            Last = kernel.Name;
        }

        if (!_sent.TryGetValue(kernel.Name, out TimeSpan sent)) _world.Violate($"{kernel.Name} had the address without ever having had the lease");
        else if (_world.Queue.Now - sent > Window) _world.Violate($"{kernel.Name} had the address {(_world.Queue.Now - sent).TotalSeconds} s after its last renewal");
    }

    private void LeaseChanged(string? holder)
    {
        foreach (SimulatedNode node in _nodes.Where(node => node.Kernel.IsOn && node.Name != holder)) _world.Violate($"the lease names {holder ?? "nobody"} while {node.Name} has the address");
    }
}
