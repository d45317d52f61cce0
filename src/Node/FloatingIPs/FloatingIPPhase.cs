namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>Where a floating IP stands on this node, as far as the host is concerned.</summary>
public enum FloatingIPPhase
{
    /// <summary>A predecessor may have left it on an interface.</summary>
    Unknown,

    /// <summary>It is on no interface of this host.</summary>
    Off,

    /// <summary>The lease is ours; somebody else on the link may have the address.</summary>
    Probing,

    /// <summary>Nobody answered.</summary>
    Ready,

    /// <summary>The host was told to put it on.</summary>
    Adding,

    /// <summary>It is on, and sessions may start from it.</summary>
    Up,

    /// <summary>Its sessions are being closed.</summary>
    Closing,

    /// <summary>The host was told to take it off.</summary>
    Removing,

    /// <summary>Nothing more happens to it here.</summary>
    Ended,
}

/// <summary>What the controller says about a floating IP, seen from one node.</summary>
public enum FloatingIPPlacement
{
    /// <summary>Not heard yet: nothing is done.</summary>
    Unknown,

    /// <summary>This node is named to hold it.</summary>
    Here,

    /// <summary>Another node is named, or none.</summary>
    Elsewhere,

    /// <summary>It is no floating IP of the cluster any more.</summary>
    Gone,
}

/// <summary>Whether the agent is to end.</summary>
internal enum FloatingIPEnding
{
    None,

    /// <summary>Nobody goes on from here: withdraw, Cease, remove the address, release the lease.</summary>
    Stop,

    /// <summary>A successor on this node goes on: it finds the address, for as long as its lifetime lasts, and the lease.</summary>
    PlannedRestart,
}
