using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace BgpLoadBalancer.Node.Arp;

internal enum ArpOperation : ushort
{
    Request = 1,
    Reply = 2,
}

/// <summary>An ARP packet for IPv4 over Ethernet (RFC 826), without the frame around it. Other operations than the two named are carried as numbers.</summary>
internal sealed record ArpPacket(ArpOperation Operation, PhysicalAddress SenderHardware, IPAddress SenderIP, PhysicalAddress TargetHardware, IPAddress TargetIP)
{
    /// <summary>Octets.</summary>
    public const int Length = 28;

    /// <summary>Octets of a hardware address of Ethernet.</summary>
    public const int HardwareLength = 6;

    private const int ProtocolLength = 4;
    private const ushort Ethernet = 1;
    private const ushort IPv4 = 0x0800;
    private const int SenderAt = 8;
    private const int TargetAt = SenderAt + HardwareLength + ProtocolLength;

    private static readonly PhysicalAddress Unknown = new(new byte[HardwareLength]);

    /// <summary>RFC 5227 section 1.1: asks for an address without claiming it.</summary>
    public static ArpPacket Probe(PhysicalAddress sender, IPAddress address) => new(ArpOperation.Request, sender, IPAddress.Any, Unknown, address);

    /// <summary>RFC 5227 section 1.1: claims an address; who has it in a cache takes the new hardware address.</summary>
    public static ArpPacket Announcement(PhysicalAddress sender, IPAddress address) => new(ArpOperation.Request, sender, address, Unknown, address);

    public bool IsProbe => Operation == ArpOperation.Request && SenderIP.Equals(IPAddress.Any);

    /// <returns>False for what is not ARP for IPv4 over Ethernet, or is cut short. What follows the packet is padding.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out ArpPacket? packet)
    {
        packet = null;
        if (source.Length < Length) return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(source) != Ethernet || BinaryPrimitives.ReadUInt16BigEndian(source[2..]) != IPv4) return false;
        if (source[4] != HardwareLength || source[5] != ProtocolLength) return false;
        packet = new(
            (ArpOperation)BinaryPrimitives.ReadUInt16BigEndian(source[6..]),
            new(source.Slice(SenderAt, HardwareLength).ToArray()),
            new(source.Slice(SenderAt + HardwareLength, ProtocolLength)),
            new(source.Slice(TargetAt, HardwareLength).ToArray()),
            new(source.Slice(TargetAt + HardwareLength, ProtocolLength)));
        return true;
    }

    /// <returns><see cref="Length"/> octets.</returns>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Ethernet);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), IPv4);
        bytes[4] = HardwareLength;
        bytes[5] = ProtocolLength;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)Operation);
        Write(bytes.AsSpan(SenderAt), SenderHardware, SenderIP);
        Write(bytes.AsSpan(TargetAt), TargetHardware, TargetIP);
        return bytes;
    }

    private static void Write(Span<byte> destination, PhysicalAddress hardware, IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetwork) throw new ArgumentException($"ARP is for IPv4; {address} is not.", nameof(address));
        byte[] octets = hardware.GetAddressBytes();
        if (octets.Length != HardwareLength) throw new ArgumentException($"'{hardware}' is not the hardware address of an Ethernet interface.", nameof(hardware));
        octets.CopyTo(destination);
        address.GetAddressBytes().CopyTo(destination[HardwareLength..]);
    }
}
