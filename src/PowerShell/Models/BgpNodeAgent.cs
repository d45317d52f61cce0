using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

public enum BgpNodeAgentState
{
    Running,

    /// <summary>It has ended by a fault of its own; Start-BgpNodeAgent starts another in its place.</summary>
    Faulted,

    Stopped,
}

/// <summary>The agent of a node in this process at one moment.</summary>
public sealed class BgpNodeAgent
{
    internal BgpNodeAgent(RunningNodeAgent running)
    {
        NodeAgentStatus status = running.Status;
        Name = running.Name;
        Cluster = running.Cluster.Name;
        State = running.Fault is not null ? BgpNodeAgentState.Faulted : running.HasEnded ? BgpNodeAgentState.Stopped : BgpNodeAgentState.Running;
        FloatingIP = [.. status.FloatingIPs.Where(floating => floating.Phase == FloatingIPPhase.Up).Select(floating => floating.Address)];
        Sessions = status.Sessions.Length;
        Established = status.Sessions.Count(session => session.Info?.State == BgpSessionState.Established);
        Routes = status.Routes;
        StoreReachable = status.StoreReachable;
        LastPlan = status.LastPlan;
        Problem = State != BgpNodeAgentState.Running ? null : status.Problem ?? status.Sessions.Select(session => session.Problem).FirstOrDefault(problem => problem is not null);
        Error = running.FaultText;
        Loopback = running.IsOnLoopback;
        StartTime = running.StartTime;
        Event = running.Log.Events;
    }

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>The name once more, as other objects about a node have it.</summary>
    public string Node => Name;

    public string Cluster { get; }

    public BgpNodeAgentState State { get; }

    /// <summary>Those that are on the node now.</summary>
    public IReadOnlyList<IPAddress> FloatingIP { get; }

    /// <summary>Sessions that the plan gives to the node.</summary>
    public int Sessions { get; }

    public int Established { get; }

    /// <summary>Prefixes that it announces.</summary>
    public int Routes { get; }

    /// <summary>It sees the cluster as it is now; otherwise it goes on with what it last knew (R24).</summary>
    public bool StoreReachable { get; }

    /// <summary>When it last planned; null before the first time.</summary>
    public DateTimeOffset? LastPlan { get; }

    /// <summary>What is in its way at the moment; null when nothing is.</summary>
    public string? Problem { get; }

    /// <summary>What it has ended by; null unless it is faulted.</summary>
    public string? Error { get; }

    /// <summary>The node lives on 127.0.0.0/8; otherwise it is this host.</summary>
    public bool Loopback { get; }

    public DateTimeOffset StartTime { get; }

    /// <summary>The last things that it has said, oldest first.</summary>
    public IReadOnlyList<BgpWorkEvent> Event { get; }

    public override string ToString() => Name;
}
