using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>What an agent finds on the host that it runs on.</summary>
/// <param name="Subnets">What the node publishes of its interfaces (R19).</param>
/// <param name="Transport">Null is TCP.</param>
public sealed record NodeAgentHost(IFloatingIPHost FloatingIPs, IHostSubnets Subnets, IBgpTransport? Transport = null)
{
    /// <summary>What else the agent does on this node.</summary>
    public ImmutableArray<INodeAgentPart> Parts { get; init; } = [];
}
