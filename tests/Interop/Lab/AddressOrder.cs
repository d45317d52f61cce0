using System.Net;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>Orders addresses of one family by value, so that sets of next hops can be compared as lists.</summary>
internal sealed class AddressOrder : IComparer<IPAddress>
{
    public static AddressOrder Instance { get; } = new();

    public int Compare(IPAddress? x, IPAddress? y) => x!.GetAddressBytes().AsSpan().SequenceCompareTo(y!.GetAddressBytes());
}
