using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Commands.NodeAgents;

/// <summary>Whether a node can be the host that this process runs on.</summary>
internal static class ThisHost
{
    /// <summary>An address of the node is this host's, or the node's addresses are not known.</summary>
    /// <exception cref="NetworkInformationException">The host does not tell its addresses.</exception>
    public static bool MayBe(NodeResource node) => MayBe(
        node,
        NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Select(unicast => unicast.Address));

    /// <param name="host">The addresses of the host. Those of 127.0.0.0/8 are every host's.</param>
    internal static bool MayBe(NodeResource node, IEnumerable<IPAddress> host)
    {
        if (node.InternalIPs.IsEmpty || node.InternalIPs.Any(IPAddress.IsLoopback)) return true;
        // An address of a link brings its scope with it, which no Node says.
        HashSet<IPAddress> ours = [.. host.Select(address => new IPAddress(address.GetAddressBytes()))];
        return node.InternalIPs.Any(ours.Contains);
    }
}
