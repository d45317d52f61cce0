namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>The addresses of one service, and why one is missing.</summary>
internal sealed record Assignment(AddressKey? IPv4, string? PoolIPv4, AddressKey? IPv6, string? PoolIPv6, PlanReason? Reason)
{
    public static Assignment None { get; } = new(null, null, null, null, null);

    public bool IsEmpty => IPv4 is null && IPv6 is null;

    public AddressKey? Of(bool isIPv6) => isIPv6 ? IPv6 : IPv4;

    public string? PoolOf(bool isIPv6) => isIPv6 ? PoolIPv6 : PoolIPv4;

    public Assignment With(AddressKey address, string pool) =>
        address.IsIPv6 ? this with { IPv6 = address, PoolIPv6 = pool } : this with { IPv4 = address, PoolIPv4 = pool };
}
