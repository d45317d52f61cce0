namespace BgpLoadBalancer.Advertiser.Running;

/// <summary>Why the program ends.</summary>
internal enum StopReason
{
    /// <summary>SIGTERM or SIGINT: withdraw, Cease, take the addresses off.</summary>
    Shutdown,

    /// <summary>SIGUSR2: a successor comes (R24).</summary>
    PlannedRestart,
}
