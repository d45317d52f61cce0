using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

public enum BgpControllerState
{
    /// <summary>Another controller of the cluster works, or the lease is not to be had yet.</summary>
    Standby,

    /// <summary>It works.</summary>
    Leading,

    /// <summary>It has ended by a fault of its own; Start-BgpController starts another in its place.</summary>
    Faulted,

    Stopped,
}

/// <summary>A controller of this process at one moment.</summary>
public sealed class BgpController
{
    internal BgpController(RunningController running)
    {
        ControllerStatus status = running.Status;
        Name = running.Name;
        Cluster = running.Cluster.Name;
        State = running.Fault is not null ? BgpControllerState.Faulted
            : running.HasEnded ? BgpControllerState.Stopped
            : status.Leading ? BgpControllerState.Leading
            : BgpControllerState.Standby;
        Passes = status.Passes;
        LastPass = status.LastPass;
        Services = status.Services;
        AnnouncedServices = status.AnnouncedServices;
        Sessions = status.Sessions;
        Failing = status.Failing;
        Problem = running.HasEnded ? null : status.Problem;
        Reason = [.. status.Reasons.Select(reason => reason.Message)];
        Error = running.FaultText;
        Identity = running.Identity;
        StartTime = running.StartTime;
        Event = running.Log.Events;
    }

    public string Name { get; }

    public string Cluster { get; }

    public BgpControllerState State { get; }

    /// <summary>How often it has looked at the cluster since it leads.</summary>
    public long Passes { get; }

    /// <summary>Null before the first.</summary>
    public DateTimeOffset? LastPass { get; }

    /// <summary>Services of type LoadBalancer.</summary>
    public int Services { get; }

    public int AnnouncedServices { get; }

    /// <summary>Sessions for services that it has planned.</summary>
    public int Sessions { get; }

    /// <summary>Writes that the cluster refuses at the moment; they are tried again.</summary>
    public int Failing { get; }

    /// <summary>What keeps it from its work, from a part of it, or from leading; it goes on trying. Null when nothing is in its way.</summary>
    public string? Problem { get; }

    /// <summary>What its plan has to say about the cluster and its peers, such as sessions that floating IPs do not suffice for (R18).</summary>
    public IReadOnlyList<string> Reason { get; }

    /// <summary>What it has ended by; null unless it is faulted.</summary>
    public string? Error { get; }

    /// <summary>How it is called in the lease of the leader.</summary>
    public string Identity { get; }

    public DateTimeOffset StartTime { get; }

    /// <summary>The last things that it has said, oldest first.</summary>
    public IReadOnlyList<BgpWorkEvent> Event { get; }

    public override string ToString() => Name;
}
