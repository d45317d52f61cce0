using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>A hardware address on an interface: the kernel's <c>sockaddr_ll</c> (packet(7)).</summary>
/// <param name="interfaceIndex">The kernel's number of the interface.</param>
/// <param name="hardware">Where to; null to bind to the interface.</param>
internal sealed class LinkLayerEndPoint(ushort protocol, int interfaceIndex, PhysicalAddress? hardware) : EndPoint
{
    private const int Length = 20;
    private const int ProtocolAt = 2;
    private const int InterfaceAt = 4;
    private const int HardwareLengthAt = 11;
    private const int HardwareAt = 12;

    public override AddressFamily AddressFamily => AddressFamily.Packet;

    public override SocketAddress Serialize()
    {
        SocketAddress address = new(AddressFamily, Length);
        Span<byte> buffer = address.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(buffer[ProtocolAt..], protocol);
        MemoryMarshal.Write(buffer[InterfaceAt..], interfaceIndex);
        byte[] octets = hardware?.GetAddressBytes() ?? [];
        buffer[HardwareLengthAt] = (byte)octets.Length;
        octets.CopyTo(buffer[HardwareAt..]);
        return address;
    }
}
