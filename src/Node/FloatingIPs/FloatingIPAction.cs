using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>Something to do, in the order of the step's list. Those with a number are answered by an event with the same number.</summary>
internal abstract record FloatingIPAction;

/// <summary>Answered by <see cref="LeaseRead"/> or <see cref="StoreFailed"/>.</summary>
internal sealed record ReadLease(int Operation) : FloatingIPAction;

internal enum LeaseWrite
{
    /// <summary>There is none: one that names <see cref="LeaseRecord.Unclaimed"/>, for the holder of one that may have been deleted.</summary>
    Create,

    /// <summary>This node holds it, from now on or again.</summary>
    Take,

    /// <summary>Nobody holds it.</summary>
    Release,

    /// <summary>It is needed no more.</summary>
    Delete,
}

/// <summary>Answered by <see cref="WriteSucceeded"/>, <see cref="WriteConflicted"/> or <see cref="StoreFailed"/>.</summary>
/// <param name="Base">The version that must still be there; null: there must be no lease.</param>
/// <param name="Refusal">With a release: why the address could not be taken.</param>
internal sealed record WriteLease(int Operation, LeaseWrite Write, LeaseResource? Base, string? Refusal = null) : FloatingIPAction;

/// <summary>Answered by <see cref="ProbeClear"/>, <see cref="ProbeAnswered"/> or <see cref="HostFailed"/>.</summary>
internal sealed record ProbeAddress(int Operation) : FloatingIPAction;

/// <summary>Add the address, or refresh its lifetime. Answered by <see cref="AddressHeld"/>, <see cref="AddressTooLate"/> or <see cref="HostFailed"/>.</summary>
/// <param name="Until">The drop time; the lifetime is what is left until then when the kernel is told.</param>
internal sealed record HoldAddress(int Operation, TimeSpan Until) : FloatingIPAction;

/// <summary>Gives up a probe that is under way. Answered by <see cref="AddressRemoved"/> or <see cref="HostFailed"/>.</summary>
internal sealed record RemoveAddress(int Operation) : FloatingIPAction;

internal sealed record AnnounceAddress : FloatingIPAction;

internal sealed record OpenSessions : FloatingIPAction;

/// <summary>Answered by <see cref="SessionsClosed"/>.</summary>
internal sealed record CloseSessions(int Operation, SessionClosing Closing) : FloatingIPAction;

/// <summary>Replaces the timer that is set.</summary>
/// <param name="At">When to send a <see cref="Tick"/>; null: never.</param>
internal sealed record SetTimer(TimeSpan? At) : FloatingIPAction;

internal sealed record Report(FloatingIPReportKind Kind, string Message) : FloatingIPAction;
