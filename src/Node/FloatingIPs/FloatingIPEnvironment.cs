using BgpLoadBalancer.Cluster;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>What all floating IPs of one agent share.</summary>
/// <param name="Node">The name of this node, which leases are to have as their holder.</param>
/// <param name="Report">May be called from any thread.</param>
public sealed record FloatingIPEnvironment(
    string Node,
    IClusterStore Store,
    IFloatingIPHost Host,
    IFloatingIPSessions Sessions,
    FloatingIPSettings Settings,
    Action<FloatingIPReport> Report,
    TimeProvider Time);
