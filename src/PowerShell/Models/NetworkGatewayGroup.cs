using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>The floating IPs from which the sessions for services start (R26).</summary>
public sealed class NetworkGatewayGroup : IClusterObject
{
    internal NetworkGatewayGroup(NetworkGatewayGroupResource resource, string cluster)
    {
        Name = resource.Metadata.Name;
        FloatingIPAddress = resource.FloatingIPs.ToArray();
        Cluster = cluster;
    }

    public string Name { get; }

    public IReadOnlyList<IPAddress> FloatingIPAddress { get; }

    public string Cluster { get; }

    bool IClusterObject.IsOf(SourcedResource source) => source.Resource is NetworkGatewayGroupResource group && group.Metadata.Name == Name;

    public override string ToString() => Name;
}
