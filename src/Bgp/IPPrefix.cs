using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BgpLoadBalancer.Bgp;

/// <summary>
/// An IPv4 or IPv6 prefix as a value of 24 bytes without references. Bits beyond the length are always zero, so equality is
/// equality of routes (RFC 4271 §4.3: their value is irrelevant). <c>default</c> is 0.0.0.0/0.
/// </summary>
public readonly struct IPPrefix : IEquatable<IPPrefix>, IComparable<IPPrefix>, ISpanFormattable, ISpanParsable<IPPrefix>
{
    // The address bits, left-aligned: an IPv4 address fills the upper half of _high.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _length;
    private readonly bool _isIPv6;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private IPPrefix(ulong high, ulong low, int length, bool isIPv6)
    {
        _high = length >= 64 ? high : length == 0 ? 0 : high & (ulong.MaxValue << (64 - length));
        _low = length <= 64 ? 0 : low & (ulong.MaxValue << (128 - length));
        _length = (byte)length;
        _isIPv6 = isIPv6;
    }

    /// <summary>The number of significant bits: 0 to 32, or 0 to 128.</summary>
    public int Length => _length;

    public bool IsIPv6 => _isIPv6;

    public BgpAddressFamily Family => _isIPv6 ? BgpAddressFamily.IPv6Unicast : BgpAddressFamily.IPv4Unicast;

    /// <summary>True for a single address: /32 or /128.</summary>
    public bool IsHost => _length == (_isIPv6 ? 128 : 32);

    /// <summary>The first address of the prefix. Allocates.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            WriteAddress(bytes);
            return new IPAddress(bytes[..(_isIPv6 ? 16 : 4)]);
        }
    }

    /// <summary>A prefix of an IPv4 address in host byte order; <paramref name="length"/> is 0 to 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IPPrefix FromIPv4(uint address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, 32u, nameof(length));
        return new((ulong)address << 32, 0, length, isIPv6: false);
    }

    /// <summary>A prefix of an IPv6 address given as two halves in host byte order; <paramref name="length"/> is 0 to 128.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IPPrefix FromIPv6(ulong high, ulong low, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, 128u, nameof(length));
        return new(high, low, length, isIPv6: true);
    }

    /// <summary>The /32 or /128 of <paramref name="address"/>.</summary>
    public static IPPrefix Host(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return From(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32);
    }

    /// <summary>The prefix of <paramref name="length"/> bits that holds <paramref name="address"/>.</summary>
    public static IPPrefix From(IPAddress address, int length)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> bytes = stackalloc byte[16];
        _ = address.TryWriteBytes(bytes, out int written);
        return written == 4
            ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes), length)
            : FromIPv6(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), length);
    }

    public static IPPrefix From(IPNetwork network) => From(network.BaseAddress, network.PrefixLength);

    public IPNetwork ToIPNetwork() => new(Address, _length);

    /// <summary>Writes the address in network byte order, 4 or 16 bytes, whatever the length of the prefix.</summary>
    /// <returns>The number of bytes written.</returns>
    public int WriteAddress(Span<byte> destination)
    {
        if (!_isIPv6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)(_high >> 32));
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return (address.AddressFamily == AddressFamily.InterNetworkV6) == _isIPv6 && From(address, _length).Equals(this);
    }

    public bool Equals(IPPrefix other) =>
        _high == other._high && _low == other._low && _length == other._length && _isIPv6 == other._isIPv6;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IPPrefix other && Equals(other);

    /// <summary>
    /// The same in every process: a table laid out by it is reproducible. Sixteen neighbours of one length differ in the lowest
    /// four bits alone, so a table can keep them in one line of the processor's cache.
    /// </summary>
    public override int GetHashCode()
    {
        // The prefix as a number: how many of its length come before it.
        ulong number = _length > 64 ? _low >> (128 - _length) : _length > 0 ? _high >> (64 - _length) : 0;
        ulong rest = (number >> 4) ^ ((ulong)_length << 40);
        if (_length > 64) rest ^= BitOperations.RotateLeft(_high, 23);
        return (int)((rest * 0x9E3779B97F4A7C15ul) >> 32) ^ (int)(number & 15);
    }

    /// <summary>Orders IPv4 before IPv6, then by address, then shorter prefixes first.</summary>
    public int CompareTo(IPPrefix other)
    {
        int order = _isIPv6.CompareTo(other._isIPv6);
        if (order == 0) order = _high.CompareTo(other._high);
        if (order == 0) order = _low.CompareTo(other._low);
        return order != 0 ? order : _length.CompareTo(other._length);
    }

    public static bool operator ==(IPPrefix left, IPPrefix right) => left.Equals(right);

    public static bool operator !=(IPPrefix left, IPPrefix right) => !left.Equals(right);

    public static bool operator <(IPPrefix left, IPPrefix right) => left.CompareTo(right) < 0;

    public static bool operator >(IPPrefix left, IPPrefix right) => left.CompareTo(right) > 0;

    public static bool operator <=(IPPrefix left, IPPrefix right) => left.CompareTo(right) <= 0;

    public static bool operator >=(IPPrefix left, IPPrefix right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{_length}");

    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite(CultureInfo.InvariantCulture, $"{Address}/{_length}", out charsWritten);

    /// <summary>Reads <c>address/length</c>, or an address alone as its /32 or /128. Bits beyond the length are an error.</summary>
    /// <exception cref="FormatException">The text is not a prefix; the message says why.</exception>
    public static IPPrefix Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out IPPrefix prefix)
            ? prefix
            : throw new FormatException($"'{s}' is not a prefix: write an address, a slash and a length, such as 10.0.0.1/32, with no bits set beyond the length.");

    public static IPPrefix Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out IPPrefix result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out IPPrefix result)
    {
        result = default;
        int slash = s.IndexOf('/');
        // IPAddress takes "1" for 0.0.0.1, "010" for 8, and a zone, brackets or port for IPv6; in a prefix they are mistakes.
        ReadOnlySpan<char> text = slash < 0 ? s : s[..slash];
        if (!IPAddress.TryParse(text, out IPAddress? address) || text.ContainsAny('%', '[')) return false;
        int most = address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        if (most == 32 && !text.SequenceEqual(address.ToString())) return false;
        int length = most;
        if (slash >= 0 && (!int.TryParse(s[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
        {
            return false;
        }

        result = From(address, length);
        return result.Equals(From(address, most)) || result._high == From(address, most)._high && result._low == From(address, most)._low;
    }
}
