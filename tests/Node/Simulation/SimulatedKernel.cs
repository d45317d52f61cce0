namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>The address on one node's interface. It goes when its lifetime has run out, whatever became of the agent.</summary>
/// <param name="speed">Of the node's clock: its seconds in a true second.</param>
internal sealed class SimulatedKernel(SimulatedWorld world, string name, double speed)
{
    private int _lifetime;

    public bool IsOn { get; private set; }

    /// <summary>After it was put on, and after it was removed.</summary>
    public event Action<SimulatedKernel>? Changed;

    public string Name { get; } = name;

    public void Put(TimeSpan lifetime)
    {
        world.Note(Name, $"KERNEL address {(IsOn ? "refreshed" : "added")} for {lifetime.TotalSeconds} s");
        int mine = ++_lifetime;
        TimeSpan late = world.Between(0, SimulatedWorld.KernelLag.TotalSeconds);
        world.Queue.After((lifetime / speed) + late, () =>
        {
            if (mine == _lifetime) Remove("lifetime over");
        });
        Set(true);
    }

    public void Remove(string why)
    {
        _lifetime++;
        if (!IsOn) return;
        world.Note(Name, $"KERNEL address removed, {why}");
        Set(false);
    }

    private void Set(bool on)
    {
        if (IsOn == on) return;
        IsOn = on;
        Changed?.Invoke(this);
    }
}
