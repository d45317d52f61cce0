using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>Why no pool could give an address.</summary>
internal static class AllocationReasons
{
    /// <summary>After "there": <c>are the pools a, b</c>.</summary>
    public static string Pools(AddressSpace space) => space.Pools.Length switch
    {
        0 => "is no pool",
        1 => $"is the pool {space.Pools[0].Name}",
        _ => $"are the pools {string.Join(", ", space.Pools.Select(pool => pool.Name))}",
    };

    /// <param name="only">The one pool that was possible; null for all that are not manual.</param>
    /// <param name="bound">It is so because the other family's address is from it.</param>
    public static PlanReason WhyNone(AddressSpace space, string? only, bool bound, bool ipv4, bool ipv6)
    {
        AddressPool[] pools = [.. space.Pools.Where(pool => only is null ? !pool.ManualAssign : pool.Name == only)];
        AddressPool[] fitting = [.. pools.Where(pool => (!ipv4 || AddressSpace.HasFamily(pool, isIPv6: false)) && (!ipv6 || AddressSpace.HasFamily(pool, isIPv6: true)))];
        string family = ipv4 && ipv6 ? "both families" : AddressRequest.Family(ipv6);
        string names = string.Join(", ", fitting.Select(pool => pool.Name));
        if (bound) return new(PlanReasonCode.NoSecondFamily, $"The service has an address of pool {only}, which has no free {family} address for it as well.");
        if (fitting.Length > 0) return new(PlanReasonCode.PoolExhausted, $"No {(ipv4 && ipv6 ? "pair of addresses of both families" : $"{family} address")} is free in {(fitting.Length == 1 ? "pool" : "the pools")} {names}.");
        if (space.Pools.IsEmpty) return new(PlanReasonCode.NoPoolOfFamily, "The Cluster has no addressPools to take an address from.");
        string place = only is null ? "No pool that may be used unasked" : $"Pool {only}, which the service asks for,";
        string verb = only is null ? "has" : "does not have";
        return ipv4 && ipv6
            ? new(PlanReasonCode.NoDualStackPool, $"{place} {verb} addresses of both families.")
            : new(PlanReasonCode.NoPoolOfFamily, $"{place} {verb} addresses of {family}.");
    }
}
