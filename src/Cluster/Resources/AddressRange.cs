using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>An inclusive range of addresses of one family, from a CIDR or from <c>first-last</c> (R22); remembers how it was written.</summary>
public readonly record struct AddressRange
{
    private AddressRange(string text, UInt128 first, UInt128 last, bool isIPv6)
    {
        Text = text;
        First = first;
        Last = last;
        IsIPv6 = isIPv6;
    }

    public string Text { get; }

    /// <summary>As numbers in host order: up to 2^32 - 1 for IPv4.</summary>
    public UInt128 First { get; }

    public UInt128 Last { get; }

    public bool IsIPv6 { get; }

    /// <summary>How many addresses; the whole of IPv6 counts as the largest number.</summary>
    public UInt128 Count => Last - First == UInt128.MaxValue ? UInt128.MaxValue : Last - First + 1;

    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return AddressNumber.IsIPv6(address) == IsIPv6 && AddressNumber.Of(address) is var number && number >= First && number <= Last;
    }

    public bool Overlaps(AddressRange other) => IsIPv6 == other.IsIPv6 && First <= other.Last && other.First <= Last;

    public static bool TryParse([NotNullWhen(true)] string? text, out AddressRange range)
    {
        range = default;
        if (string.IsNullOrWhiteSpace(text)) return false;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            if (!text.Contains('/', StringComparison.Ordinal) || !IPPrefix.TryParse(text.Trim(), null, out IPPrefix prefix)) return false;
            UInt128 start = AddressNumber.Of(prefix.Address);
            int hostBits = (prefix.IsIPv6 ? 128 : 32) - prefix.Length;
            UInt128 size = hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;
            range = new(text, start, start + size, prefix.IsIPv6);
            return true;
        }

        if (!IPPrefix.TryParse(text[..dash].Trim(), null, out IPPrefix first) || !IPPrefix.TryParse(text[(dash + 1)..].Trim(), null, out IPPrefix last)) return false;
        if (!first.IsHost || !last.IsHost || first.IsIPv6 != last.IsIPv6 || text.Contains('/', StringComparison.Ordinal)) return false;
        if (first > last) return false;
        range = new(text, AddressNumber.Of(first.Address), AddressNumber.Of(last.Address), first.IsIPv6);
        return true;
    }

    public override string ToString() => Text;
}

/// <summary>Addresses as numbers, for ranges.</summary>
public static class AddressNumber
{
    public static bool IsIPv6(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
    }

    public static UInt128 Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[16];
        _ = address.TryWriteBytes(octets, out int written);
        return written == 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    public static IPAddress ToAddress(UInt128 number, bool isIPv6)
    {
        byte[] bytes = new byte[isIPv6 ? 16 : 4];
        for (int i = bytes.Length - 1; i >= 0; i--, number >>= 8) bytes[i] = (byte)number;
        return new IPAddress(bytes);
    }
}
