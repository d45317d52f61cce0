using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// One prefix of the table. Slots are chained from the longest unchanged to the last changed, so that a reader that has seen
/// version v finds all that is newer at the end of the chain.
/// </summary>
internal struct RouteSlot
{
    public IPPrefix Prefix;

    /// <summary>Null: withdrawn, kept until every reader has heard of it.</summary>
    public PathSet? Paths;

    /// <summary>The table's version when the slot last changed; 0 is a free slot.</summary>
    public long Version;

    public int Older;
    public int Newer;
}
