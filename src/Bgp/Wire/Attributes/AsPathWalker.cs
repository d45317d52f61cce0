using System.Buffers.Binary;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Wire.Attributes;

/// <summary>Goes through the segments of an AS_PATH or AS4_PATH without allocating.</summary>
/// <param name="asnSize">Octets of an AS number: 2 or 4.</param>
internal ref struct AsPathWalker(ReadOnlySpan<byte> path, int asnSize)
{
    private ReadOnlySpan<byte> _rest = path;

    public readonly int AsnSize => asnSize;

    public AsPathSegmentType Type { get; private set; }

    /// <summary>The AS numbers of the segment as they stand on the wire; at least one.</summary>
    public ReadOnlySpan<byte> Asns { get; private set; }

    /// <summary>Set when the walk ended before the end: a segment of unknown type, without AS numbers, or cut off (RFC 7606 §7.2).</summary>
    public bool IsMalformed { get; private set; }

    public readonly bool IsConfederation => Type is AsPathSegmentType.ConfederationSequence or AsPathSegmentType.ConfederationSet;

    /// <summary>What the segment adds to the length of the path (RFC 4271 §9.1.2.2, RFC 5065 §5.3).</summary>
    public readonly int Hops => AsPathCodec.Hops(Type, Asns.Length / asnSize);

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        IsMalformed = _rest.Length < 2
            || _rest[0] is < (byte)AsPathSegmentType.Set or > (byte)AsPathSegmentType.ConfederationSet
            || _rest[1] == 0
            || _rest.Length - 2 < _rest[1] * asnSize;
        if (IsMalformed) return false;
        Type = (AsPathSegmentType)_rest[0];
        Asns = _rest.Slice(2, _rest[1] * asnSize);
        _rest = _rest[(2 + Asns.Length)..];
        return true;
    }

    public readonly bool SegmentContains(uint asn)
    {
        for (ReadOnlySpan<byte> rest = Asns; !rest.IsEmpty; rest = rest[asnSize..])
        {
            if (AsnAt(rest) == asn) return true;
        }

        return false;
    }

    public readonly uint AsnAt(ReadOnlySpan<byte> bytes) =>
        asnSize == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
