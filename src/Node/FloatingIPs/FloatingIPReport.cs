using System.Net;

namespace BgpLoadBalancer.Node.FloatingIPs;

public enum FloatingIPReportKind
{
    /// <summary>The address is on this host.</summary>
    Taken,

    /// <summary>The lease was not renewed in time, or somebody else has it: the address goes at once.</summary>
    Lost,

    /// <summary>The address is given up on purpose, or left to a successor.</summary>
    Released,

    /// <summary>Somebody outside this scheme has the address on the link.</summary>
    AddressInUse,

    /// <summary>Named, but the lease is not free.</summary>
    Waiting,

    /// <summary>The store did not answer, or refused.</summary>
    StoreFailed,

    /// <summary>The host could not do what it was told, or something here went wrong.</summary>
    HostFailed,
}

/// <summary>Something about a floating IP that an operator may want to know; for a log.</summary>
/// <param name="Address">Null: it is about all of them.</param>
/// <param name="Message">A sentence.</param>
public sealed record FloatingIPReport(IPAddress? Address, FloatingIPReportKind Kind, string Message);

/// <summary>A floating IP on this node now.</summary>
/// <param name="Reason">What the last step was about, for people.</param>
public sealed record FloatingIPSnapshot(IPAddress Address, FloatingIPPlacement Placement, FloatingIPPhase Phase, string Reason);
