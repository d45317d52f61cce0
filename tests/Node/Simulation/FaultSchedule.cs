using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>Faults and changes by chance, several at a time, until a certain moment.</summary>
internal sealed class FaultSchedule(SimulatedWorld world, SimulatedStore store, SimulatedController controller, IReadOnlyList<SimulatedNode> nodes)
{
    public void Start()
    {
        foreach (SimulatedNode node in nodes) Begin(node);
        controller.Place(nodes[world.Random.Next(nodes.Count)]);
        Next();
    }

    /// <summary>Everything works again, and one node is named.</summary>
    public void Cease()
    {
        store.Available = true;
        foreach (SimulatedNode node in nodes)
        {
            // One that is just ending has been told to before, and is started again like the others.
            node.Ended += Begin;
            node.Connected = true;
            node.Thaw();
            node.Start();
        }

        controller.Place(controller.Named is { } named && world.Chance(0.7) ? named : nodes[world.Random.Next(nodes.Count)]);
    }

    private void Next() => world.Queue.After(world.Between(0.1, 8), () =>
    {
        if (!world.Faulty) return;
        Strike(nodes[world.Random.Next(nodes.Count)]);
        Next();
    });

    private void Strike(SimulatedNode node)
    {
        // The one that has the address is hit more often: that is where it matters.
        SimulatedNode target = world.Chance(0.5) && nodes.FirstOrDefault(other => other.Kernel.IsOn) is { } holder ? holder : node;
        switch (world.Random.Next(20))
        {
            case < 6:
                controller.Place(node);
                break;
            case 6:
                controller.Place(null, gone: world.Chance(0.4));
                break;
            case < 10:
                world.Note(target.Name, $"NETWORK cut off");
                target.Connected = false;
                Later(1, 30, () => Connect(target));
                break;
            case < 12:
                world.Note("store", $"STORE away");
                store.Available = false;
                Later(1, 30, ComeBack);
                break;
            case < 14:
                target.Kill();
                Later(0, 25, () => Begin(target));
                break;
            case < 17:
                target.Freeze();
                Later(0.1, 30, target.Thaw);
                break;
            case 17:
                target.Post(target.Incarnation, now => new EndRequested(now, FloatingIPEnding.Stop));
                Later(3, 25, () => Begin(target));
                break;
            case 18:
                target.Post(target.Incarnation, now => new EndRequested(now, FloatingIPEnding.PlannedRestart));
                Later(0.2, 6, () => Begin(target));
                break;
            default:
                store.Delete();
                break;
        }
    }

    private void Later(double least, double most, Action action) => world.Queue.After(world.Between(least, most), () =>
    {
        if (world.Faulty) action();
    });

    private void Begin(SimulatedNode node)
    {
        node.Start();
        controller.Inform(node);
    }

    private void Connect(SimulatedNode node)
    {
        world.Note(node.Name, $"NETWORK back");
        node.Connected = true;
        controller.Inform(node);
    }

    private void ComeBack()
    {
        world.Note("store", $"STORE back");
        store.Available = true;
        foreach (SimulatedNode node in nodes) controller.Inform(node);
    }
}
