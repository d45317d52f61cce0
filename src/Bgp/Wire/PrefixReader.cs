using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>Reads the prefixes of an NLRI or withdrawn-routes field one after the other, without allocating.</summary>
public ref struct PrefixReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<byte> _attribute;
    private readonly BgpAddressFamily _family;
    private readonly bool _addPath;
    private readonly byte _maxLength;
    private readonly int _lastWhole;
    private int _position;

    /// <param name="bytes">The field: all of it belongs to prefixes.</param>
    /// <param name="addPath">Each prefix has a path identifier in front (RFC 7911 §3).</param>
    public PrefixReader(ReadOnlySpan<byte> bytes, BgpAddressFamily family, bool addPath)
        : this(bytes, family, addPath, attribute: default)
    {
    }

    /// <param name="attribute">The MP_REACH_NLRI or MP_UNREACH_NLRI around the field, which errors then carry.</param>
    internal PrefixReader(ReadOnlySpan<byte> bytes, BgpAddressFamily family, bool addPath, ReadOnlySpan<byte> attribute)
    {
        _bytes = bytes;
        _attribute = attribute;
        _family = family;
        _addPath = addPath;
        _maxLength = family switch
        {
            BgpAddressFamily.IPv4Unicast => 32,
            BgpAddressFamily.IPv6Unicast => 128,
            _ => throw Malformed($"Address family {(uint)family >> 16}/{(byte)family} has prefixes that we cannot read."),
        };
        _lastWhole = bytes.Length - (addPath ? 5 : 1) - (_maxLength / 8);
    }

    /// <summary>Reads the next prefix; bits beyond its length are cleared.</summary>
    /// <param name="pathId">0 without ADD-PATH.</param>
    /// <returns>False at the end of the field.</returns>
    /// <exception cref="BgpProtocolException">3/10 in the fields of the UPDATE itself, 3/9 in a multiprotocol attribute: a length
    /// beyond the family's, or a prefix that the field cuts off.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out IPPrefix prefix, out uint pathId)
    {
        int position = _position;
        if (position > _lastWhole) return TryReadNearEnd(out prefix, out pathId);
        pathId = 0;
        if (_addPath)
        {
            pathId = BinaryPrimitives.ReadUInt32BigEndian(_bytes[position..]);
            position += 4;
        }

        // The longest address there can be, whatever the length: masking makes up for what was read too much.
        int length = _bytes[position];
        if (length > _maxLength) ThrowTooLong(length);
        prefix = ToPrefix(_bytes[(position + 1)..], length);
        _position = position + 1 + ((length + 7) >> 3);
        return true;
    }

    private bool TryReadNearEnd(out IPPrefix prefix, out uint pathId)
    {
        prefix = default;
        pathId = 0;
        ReadOnlySpan<byte> rest = _bytes[_position..];
        if (rest.IsEmpty) return false;
        if (_addPath)
        {
            if (rest.Length < 5) throw Malformed("A prefix is cut off within its path identifier.");
            pathId = BinaryPrimitives.ReadUInt32BigEndian(rest);
            rest = rest[4..];
        }

        int length = rest[0];
        if (length > _maxLength) ThrowTooLong(length);
        int octets = (length + 7) >> 3;
        rest = rest[1..];
        if (rest.Length < octets) throw Malformed($"A prefix of {length} bits is cut off after {rest.Length} octets.");
        Span<byte> padded = stackalloc byte[16];
        padded.Clear();
        rest[..octets].CopyTo(padded);
        prefix = ToPrefix(padded, length);
        _position += (_addPath ? 5 : 1) + octets;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly IPPrefix ToPrefix(ReadOnlySpan<byte> address, int length) => _maxLength == 32
        ? IPPrefix.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(address), length)
        : IPPrefix.FromIPv6(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), length);

    // Apart, so that the loop over prefixes has no string formatting in it.
    [DoesNotReturn]
    private readonly void ThrowTooLong(int length) => throw Malformed($"A prefix length of {length} is more than {_maxLength}.");

    private readonly BgpProtocolException Malformed(string message) =>
        _attribute.IsEmpty && _family == BgpAddressFamily.IPv4Unicast
            ? new(BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.InvalidNetworkField, message)
            : new(BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.OptionalAttributeError, message, _attribute);
}
