using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>One floating IP, some nodes and one store, for about two minutes of their time, by chance: everything follows from the seed.</summary>
internal sealed class FloatingIPSimulation
{
    // The defaults, those of a demonstration, and the least margin that is allowed.
    private static readonly FloatingIPSettings[] s_settings =
    [
        new(),
        new() { Renew = TimeSpan.FromSeconds(0.5), Drop = TimeSpan.FromSeconds(2), Lease = TimeSpan.FromSeconds(4) },
        new() { Renew = TimeSpan.FromSeconds(3), Drop = TimeSpan.FromSeconds(8), Lease = TimeSpan.FromSeconds(10) },
    ];

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _store;
    private readonly SimulatedNode[] _nodes;
    private readonly SimulatedController _controller;
    private readonly FaultSchedule _faults;
    private readonly Invariants _invariants;

    public FloatingIPSimulation(int seed, bool trace = false)
    {
        FloatingIPSettings settings = s_settings[seed % s_settings.Length];
        settings.Check();
        _world = new(seed, settings, trace) { FaultsEnd = TimeSpan.FromSeconds(60 + (seed % 30)) };
        _store = new(_world);
        _nodes = [.. Enumerable.Range(1, 2 + _world.Random.Next(3)).Select(number => new SimulatedNode(_world, _store, $"node{number}"))];
        _invariants = new(_world, _store, _nodes);
        _controller = new(_world, _store, _nodes);
        _faults = new(_world, _store, _controller, _nodes);
    }

    public int Moves => _invariants.Moves;

    public IEnumerable<string> Trace => _world.Trace;

    /// <summary>
    /// From the end of all faults until the named node holds the address: an answer that never comes, once on the named node and once on
    /// the one that still has the lease; the lease; a look at it; and 8 s for a host that is slow to remove, to probe and to add. Or what is
    /// left of the back-off before that.
    /// </summary>
    private TimeSpan Bound => (_world.Settings.Lease * 1.02) + (2 * _world.Settings.StoreTimeout) + _world.Settings.Renew + TimeSpan.FromSeconds(8) + BackOffLeft;

    private TimeSpan BackOffLeft => _controller.Named!.State.BackOffUntil is { } until && until > _controller.Named.Clock ? until - _controller.Named.Clock : TimeSpan.Zero;

    /// <returns>What went wrong; null when nothing did.</returns>
    public string? Run()
    {
        try
        {
            RunSchedule();
        }
        catch (InvalidOperationException exception)
        {
            _world.Violate($"{exception.Message}");
        }

        return _world.Violation;
    }

    private void RunSchedule()
    {
        _faults.Start();
        _world.Queue.RunUntil(_world.FaultsEnd);
        _faults.Cease();
        TimeSpan bound = Bound;
        _world.Queue.RunUntil(_world.Queue.Now + bound);
        CheckRest(bound);
        foreach (SimulatedNode node in _nodes) node.Kernel.Changed += kernel => _world.Violate($"the address moved on {kernel.Name}, long after the last fault");
        _world.Queue.RunUntil(_world.Queue.Now + TimeSpan.FromSeconds(10));
    }

    private void CheckRest(TimeSpan bound)
    {
        foreach (SimulatedNode node in _nodes)
        {
            if (node.Kernel.IsOn != (node == _controller.Named)) _world.Violate($"{bound.TotalSeconds} s after the last fault, the address is {(node.Kernel.IsOn ? "" : "not ")}on {node.Name}, and {_controller.Named!.Name} is named");
        }

        if (_store.Lease?.Holder != _controller.Named!.Name) _world.Violate($"{bound.TotalSeconds} s after the last fault, the lease names {_store.Lease?.Holder ?? "nobody"}, not {_controller.Named.Name}");
    }
}
