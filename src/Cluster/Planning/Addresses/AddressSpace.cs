using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>The pools, and the addresses in them that are not for services (R22).</summary>
internal sealed class AddressSpace
{
    private readonly Dictionary<AddressKey, string> _occupied = [];

    public AddressSpace(ClusterSnapshot snapshot)
    {
        LoadBalancerSpec spec = snapshot.Cluster.LoadBalancer;
        Pools = spec.AddressPools;
        HasIPv6 = Pools.Any(pool => HasFamily(pool, isIPv6: true));
        Ingress = spec.IngressVip is { } ingress ? AddressKey.Of(ingress) : null;
        ControlPlane = spec.ControlPlaneVip is { } vip ? AddressKey.Of(vip) : null;
        if (ControlPlane is { } key) _occupied[key] = "the control-plane VIP";
        foreach (IPAddress address in snapshot.NetworkGatewayGroup?.FloatingIPs ?? []) _ = _occupied.TryAdd(AddressKey.Of(address), "a floating IP");
        foreach (NodeResource node in snapshot.Nodes.OrderBy(node => node.Metadata.Name, StringComparer.Ordinal))
        {
            foreach (IPAddress address in node.InternalIPs) _ = _occupied.TryAdd(AddressKey.Of(address), $"node {node.Metadata.Name}'s own address");
        }
    }

    /// <summary>In the Cluster's order, which is the order in which they are used.</summary>
    public ImmutableArray<AddressPool> Pools { get; }

    public bool HasIPv6 { get; }

    /// <summary>Kept for the ingress service.</summary>
    public AddressKey? Ingress { get; }

    public AddressKey? ControlPlane { get; }

    public static bool HasFamily(AddressPool pool, bool isIPv6) => pool.Addresses.Any(range => range.IsIPv6 == isIPv6);

    /// <summary>.0 and .255 of IPv4, in a pool that avoids them.</summary>
    public static bool IsAvoided(AddressPool pool, AddressKey address) => pool.AvoidBuggyIPs && !address.IsIPv6 && ((byte)address.Number is 0 or 255);

    /// <summary>Never given anew: floating IPs, nodes' addresses and the control-plane VIP.</summary>
    public bool IsOccupied(AddressKey address) => _occupied.ContainsKey(address);

    /// <summary>By what; null when it is not.</summary>
    public string? Occupant(AddressKey address) => _occupied.GetValueOrDefault(address);

    public bool Contains(AddressKey address) => PoolOf(address) is not null;

    public AddressPool? PoolOf(AddressKey address)
    {
        foreach (AddressPool pool in Pools)
        {
            foreach (AddressRange range in pool.Addresses.AsSpan())
            {
                if (range.IsIPv6 == address.IsIPv6 && address.Number >= range.First && address.Number <= range.Last) return pool;
            }
        }

        return null;
    }
}
