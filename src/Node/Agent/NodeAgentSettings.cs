using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>How a node agent works.</summary>
public sealed record NodeAgentSettings
{
    private static readonly TimeSpan s_shortestReportPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestReportPeriod = TimeSpan.FromHours(1);

    /// <summary>The name of the Node that it runs on.</summary>
    public required string NodeName { get; init; }

    /// <summary>The same on all nodes.</summary>
    public FloatingIPSettings FloatingIPs { get; init; } = new();

    /// <summary>How often a session is reported that does not change (R30); the controller's setting of that name has to be the same. A second to an hour.</summary>
    public TimeSpan SessionReportPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the agent says that its node lives (R23).</summary>
    public TimeSpan NodeLeaseRenew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whole seconds. Without a renewal for so long the node is no next hop any more, and its floating IPs move (R23).</summary>
    public TimeSpan NodeLeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>R23: off keeps a service announced that has no ready endpoint. The controller's setting of that name has to be the same.</summary>
    public bool WithdrawWithoutEndpoints { get; init; } = true;

    /// <exception cref="ArgumentException">A setting is not possible; the message says which, and what would be right.</exception>
    public void Check()
    {
        if (!Cluster.Resources.ResourceName.IsValid(NodeName)) throw new ArgumentException($"The node's name is '{NodeName}': give the name of a Node, in small letters, digits, '-' and '.'.");
        FloatingIPs.Check();
        if (SessionReportPeriod < s_shortestReportPeriod || SessionReportPeriod > s_longestReportPeriod) throw new ArgumentException($"Sessions would be reported every {Text(SessionReportPeriod)}: give 1 s to 1 h.");
        if (NodeLeaseRenew <= TimeSpan.Zero || 2 * NodeLeaseRenew > NodeLeaseDuration) throw new ArgumentException($"The node's lease would be renewed every {Text(NodeLeaseRenew)} and last {Text(NodeLeaseDuration)}: one failed renewal would take the node out; make renew more than 0 s and at most {Text(NodeLeaseDuration / 2)}.");
        if (NodeLeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0 || NodeLeaseDuration.TotalSeconds > int.MaxValue) throw new ArgumentException($"The node's lease would last {Text(NodeLeaseDuration)}: give whole seconds, at most {int.MaxValue}.");
    }

    private static string Text(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
