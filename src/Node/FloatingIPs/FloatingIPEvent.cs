using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// Something that happened to a floating IP on this node. The answer to an action carries the action's number; the answer to an action
/// that was given up counts no more.
/// </summary>
/// <param name="At">When the state machine learns of it, by the agent's monotonic clock, from any zero.</param>
internal abstract record FloatingIPEvent(TimeSpan At);

internal sealed record PlacementChanged(TimeSpan At, FloatingIPPlacement Placement) : FloatingIPEvent(At);

/// <param name="Lease">Null: there is none.</param>
internal sealed record LeaseRead(TimeSpan At, int Operation, LeaseResource? Lease) : FloatingIPEvent(At);

/// <summary>Heard without asking; may be older than what is known.</summary>
/// <param name="Lease">Null: it was deleted, or is not there.</param>
internal sealed record LeaseWatched(TimeSpan At, LeaseResource? Lease) : FloatingIPEvent(At);

/// <param name="SentAt">Just before the request was sent: nobody can have seen the lease change earlier.</param>
/// <param name="Lease">As it is now; null after a deletion.</param>
internal sealed record WriteSucceeded(TimeSpan At, int Operation, TimeSpan SentAt, LeaseResource? Lease) : FloatingIPEvent(At);

/// <summary>The lease has another version by now, or exists, or exists no more.</summary>
internal sealed record WriteConflicted(TimeSpan At, int Operation) : FloatingIPEvent(At);

/// <summary>No answer in time, or a refusal. Whether a write was done is not known.</summary>
internal sealed record StoreFailed(TimeSpan At, int Operation, string Cause) : FloatingIPEvent(At);

internal sealed record ProbeClear(TimeSpan At, int Operation) : FloatingIPEvent(At);

/// <param name="Owner">Who answered, for people.</param>
internal sealed record ProbeAnswered(TimeSpan At, int Operation, string Owner) : FloatingIPEvent(At);

/// <summary>The address is on, with its new lifetime.</summary>
internal sealed record AddressHeld(TimeSpan At, int Operation) : FloatingIPEvent(At);

/// <summary>Less than a second was left, so the host left everything as it was.</summary>
internal sealed record AddressTooLate(TimeSpan At, int Operation) : FloatingIPEvent(At);

internal sealed record AddressRemoved(TimeSpan At, int Operation) : FloatingIPEvent(At);

/// <summary>The host could not probe, hold or remove.</summary>
internal sealed record HostFailed(TimeSpan At, int Operation, string Cause) : FloatingIPEvent(At);

internal sealed record SessionsClosed(TimeSpan At, int Operation) : FloatingIPEvent(At);

/// <summary>The timer is due.</summary>
internal sealed record Tick(TimeSpan At) : FloatingIPEvent(At);

internal sealed record EndRequested(TimeSpan At, FloatingIPEnding Ending) : FloatingIPEvent(At);
