using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>What all parts of one schedule share: its chance, its time, its settings, and the record of what happened.</summary>
internal sealed class SimulatedWorld(int seed, FloatingIPSettings settings, bool trace)
{
    /// <summary>How far a clock's speed is from true, at most. A machine's clock is a hundred times better.</summary>
    public const double Drift = 0.01;

    /// <summary>From reading the clock until the kernel has been told, at most.</summary>
    public static readonly TimeSpan Telling = TimeSpan.FromSeconds(0.3);

    /// <summary>How late the kernel removes an address whose lifetime has run out, at most.</summary>
    public static readonly TimeSpan KernelLag = TimeSpan.FromSeconds(1);

    private readonly List<string> _trace = [];

    public Random Random { get; } = new(seed);

    public EventQueue Queue { get; } = new();

    public FloatingIPSettings Settings { get; } = settings;

    /// <summary>Until then, messages are lost and late, and hosts fail.</summary>
    public TimeSpan FaultsEnd { get; init; }

    public bool Faulty => Queue.Now < FaultsEnd;

    public string? Violation { get; private set; }

    public IEnumerable<string> Trace => _trace;

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan Between(double least, double most) => TimeSpan.FromSeconds(least + ((most - least) * Random.NextDouble()));

    /// <summary>The time that a message takes: mostly short, and now and then longer than any time-out.</summary>
    public TimeSpan Delay()
    {
        if (!Faulty || !Chance(0.05)) return Between(0.001, 0.05);
        TimeSpan delay = Between(0, Chance(0.3) ? 25 : 5);
        return delay < FaultsEnd - Queue.Now ? delay : FaultsEnd - Queue.Now;
    }

    public void Note(string who, FormattableString what)
    {
        if (trace) _trace.Add(FormattableString.Invariant($"{Queue.Now.TotalSeconds,9:0.000} {who,-6} ") + FormattableString.Invariant(what));
    }

    public void Violate(FormattableString what)
    {
        Violation ??= FormattableString.Invariant($"at {Queue.Now.TotalSeconds:0.000} s: ") + FormattableString.Invariant(what);
        Note("!!!", what);
    }
}
