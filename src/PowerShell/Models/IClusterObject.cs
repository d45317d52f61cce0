using BgpLoadBalancer.Cluster.Reading;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>An output object that stands for a resource of a cluster's configuration, or for a part of one.</summary>
internal interface IClusterObject
{
    bool IsOf(SourcedResource source);
}
