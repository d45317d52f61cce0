using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>An address as a value without references: for sets, comparison and counting.</summary>
internal readonly record struct AddressKey(UInt128 Number, bool IsIPv6) : IComparable<AddressKey>
{
    public static AddressKey Of(IPAddress address) => new(AddressNumber.Of(address), AddressNumber.IsIPv6(address));

    public IPAddress ToAddress() => AddressNumber.ToAddress(Number, IsIPv6);

    /// <summary>IPv4 before IPv6, then by number.</summary>
    public int CompareTo(AddressKey other)
    {
        int order = IsIPv6.CompareTo(other.IsIPv6);
        return order != 0 ? order : Number.CompareTo(other.Number);
    }

    public bool Equals(AddressKey other) => Number == other.Number && IsIPv6 == other.IsIPv6;

    // Sets of them are never walked, so their order cannot show.
    public override int GetHashCode() => (int)(((ulong)Number ^ (ulong)(Number >> 64)) * 0x9E3779B97F4A7C15 >> 32);
}
