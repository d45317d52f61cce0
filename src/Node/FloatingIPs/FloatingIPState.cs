using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>A lease as it was last seen.</summary>
/// <param name="Resource">Null: there is none.</param>
/// <param name="Since">When this version was first seen. It was written before that, so its holder's count ends by then and the drop time.</param>
internal sealed record LeaseView(LeaseResource? Resource, TimeSpan Since)
{
    public string? Holder => string.IsNullOrEmpty(Resource?.Holder) ? null : Resource.Holder;

    /// <summary>There, and nobody's. An absent lease is not free (<see cref="LeaseRecord.Unclaimed"/>).</summary>
    public bool IsFree => Resource is not null && Holder is null;

    public bool IsSameAs(LeaseResource? other) => Resource?.Metadata.ResourceVersion == other?.Metadata.ResourceVersion;
}

/// <summary>A read (no <paramref name="Write"/>) or write that was not answered yet.</summary>
internal readonly record struct StoreOperation(int Number, LeaseWrite? Write, string? BaseVersion);

/// <summary>An order to the host or to the sessions that was not answered yet.</summary>
/// <param name="Until">Of an order to hold the address.</param>
internal readonly record struct HostOperation(int Number, TimeSpan? Until);

/// <summary>All that <see cref="FloatingIPMachine"/> remembers. A value: a step gives a new one.</summary>
internal sealed record FloatingIPState
{
    public static FloatingIPState Initial { get; } = new();

    public FloatingIPPlacement Placement { get; init; }

    public FloatingIPEnding Ending { get; init; }

    /// <summary>Null: it has to be read.</summary>
    public LeaseView? Lease { get; init; }

    /// <summary>Just before the last renewal that succeeded was sent; null while the lease is not ours to rely on.</summary>
    public TimeSpan? HeldFrom { get; init; }

    public StoreOperation? Store { get; init; }

    /// <summary>After a failure, the store is not asked before that.</summary>
    public TimeSpan? RetryAt { get; init; }

    /// <summary>When to look again at a lease that is waited for.</summary>
    public TimeSpan NextRead { get; init; }

    /// <summary>The lease changed while it was being read, so what was read may be old.</summary>
    public bool ReadAgain { get; init; }

    /// <summary>Conflicts since a write last succeeded.</summary>
    public int Conflicts { get; init; }

    /// <summary>The store failed last time, and that was reported.</summary>
    public bool StoreIsAway { get; init; }

    public FloatingIPPhase Phase { get; init; }

    /// <summary>Sessions from the address may be open that a state machine before this one, in this process, has opened.</summary>
    public bool InheritsSessions { get; init; }

    public HostOperation? Host { get; init; }

    /// <summary>The last deadline that the host was told to hold the address until.</summary>
    public TimeSpan? TriedUntil { get; init; }

    /// <summary>The last one that it was told twice (<see cref="FloatingIPSettings.ToldAgain"/>).</summary>
    public TimeSpan? ToldAgainUntil { get; init; }

    /// <summary>The last one that it confirmed: the kernel removes the address then, or up to a second before.</summary>
    public TimeSpan? OnUntil { get; init; }

    /// <summary>The end of waiting for sessions to close, or the pause before removing is tried again.</summary>
    public TimeSpan? PhaseUntil { get; init; }

    /// <summary>The address is not taken before that: the host refused it, or somebody else has it.</summary>
    public TimeSpan? BackOffUntil { get; init; }

    /// <summary>Why the last one was.</summary>
    public string? Refusal { get; init; }

    /// <summary>Such refusals since the address was last on.</summary>
    public int Refusals { get; init; }

    /// <summary>Whom the last report of waiting named.</summary>
    public string? WaitsFor { get; init; }

    public int LastOperation { get; init; }

    public TimeSpan? Timer { get; init; }
}
