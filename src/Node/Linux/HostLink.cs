using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Node.Linux;

/// <summary>An interface of this host with its addresses, as it was when it was asked for.</summary>
/// <param name="Index">The kernel's number of it.</param>
/// <param name="IsUp">Set to be up by its administrator.</param>
/// <param name="HasCarrier">The other side is there.</param>
/// <param name="Hardware">Its Ethernet address; null for an interface without ARP (loopback, point-to-point, NOARP) or of another kind.</param>
internal sealed record HostLink(int Index, string Name, bool IsLoopback, bool IsUp, bool HasCarrier, PhysicalAddress? Hardware, ImmutableArray<HostAddress> Addresses)
{
    /// <summary>Packets go out of it.</summary>
    public bool Works => IsUp && HasCarrier;

    /// <exception cref="NodeNetworkException">Nothing goes out of it, so silence on it would mean nothing.</exception>
    public void EnsureWorks()
    {
        if (!IsUp) throw new NodeNetworkException($"The interface {Name} is down. Bring it up: ip link set {Name} up.", NodeNetworkFault.InterfaceDown);
        if (!HasCarrier) throw new NodeNetworkException($"The interface {Name} has no carrier. See to its cable, or to what stands at its other end.", NodeNetworkFault.InterfaceDown);
    }
}

/// <summary>An address of an interface.</summary>
/// <param name="IsGlobal">Of global scope, so good beyond this host and link.</param>
/// <param name="IsLasting">Not a temporary one (RFC 8981), nor one that is deprecated or found to be a duplicate.</param>
internal readonly record struct HostAddress(IPAddress Address, int PrefixLength, bool IsGlobal, bool IsLasting)
{
    /// <summary>A host's own address (/32, /128), so without a subnet.</summary>
    public bool IsHost => Subnet.IsHost;

    public IPPrefix Subnet => IPPrefix.From(Address, PrefixLength);
}
