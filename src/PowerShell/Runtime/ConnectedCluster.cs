using BgpLoadBalancer.Cluster;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>A cluster under the name that cmdlets call it by.</summary>
/// <param name="Namespace">Where its Cluster and load balancing resources are.</param>
/// <param name="Source">What it was connected from, for people: the path of its manifests.</param>
internal sealed record ConnectedCluster(string Name, IClusterStore Store, string Namespace, string Source);
