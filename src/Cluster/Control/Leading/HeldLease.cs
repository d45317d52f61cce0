using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Leading;

/// <summary>A lease that is ours.</summary>
/// <param name="From">Timestamp from just before the write was sent that made it so.</param>
internal readonly record struct HeldLease(LeaseResource Resource, long From);
