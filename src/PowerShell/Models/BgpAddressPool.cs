using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Addresses for services (R22).</summary>
public sealed class BgpAddressPool : IClusterObject
{
    internal BgpAddressPool(AddressPool pool, string cluster)
    {
        Name = pool.Name;
        Address = pool.Addresses.Select(range => range.Text).ToArray();
        AvoidBuggyIPs = pool.AvoidBuggyIPs;
        ManualAssign = pool.ManualAssign;
        Cluster = cluster;
    }

    public string Name { get; }

    /// <summary>CIDRs, and ranges such as 10.0.0.1-10.0.0.4, as they were written.</summary>
    public IReadOnlyList<string> Address { get; }

    /// <summary>Addresses that end in .0 or .255 are not given.</summary>
    public bool AvoidBuggyIPs { get; }

    /// <summary>Only services that ask for this pool, or for an address of it, get one.</summary>
    public bool ManualAssign { get; }

    public string Cluster { get; }

    bool IClusterObject.IsOf(SourcedResource source) => source.Resource is ClusterResource;

    public override string ToString() => Name;
}
