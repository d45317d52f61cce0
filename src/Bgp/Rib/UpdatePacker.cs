using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// Turns a batch into UPDATE messages, each filled up to RFC 4271's 4,096 octets (also where longer ones were negotiated: no
/// peer gains by them). Prefixes of IPv4 stand in the classic fields, those of IPv6 in MP_REACH_NLRI and MP_UNREACH_NLRI, which
/// come first (RFC 7606 §5.1).
/// </summary>
internal sealed class UpdatePacker(RouteTable table, ExportPolicy policy, WireContext context)
{
    private const int MaxMessage = 4_096;
    private const int Header = 19;
    private const int MaxCached = 1_024;

    private readonly Dictionary<SharedContent, byte[]> _encoded = [];
    private readonly ArrayBufferWriter<byte> _scratch = new(256);
    private readonly byte[] _nlri = new byte[MaxMessage];
    private ExportPolicy _policy = policy;

    public long MessagesWritten { get; private set; }

    public void ChangePolicy(ExportPolicy next)
    {
        _policy = next;
        _encoded.Clear();
    }

    public void Write(UpdateBatch batch, IBufferWriter<byte> output)
    {
        foreach (ref readonly UpdateBucket bucket in batch.Buckets) WriteBucket(bucket, batch.Operations, output);
        WriteWithdrawals(BgpAddressFamily.IPv4Unicast, batch, output);
        WriteWithdrawals(BgpAddressFamily.IPv6Unicast, batch, output);
    }

    /// <summary>RFC 4724 §2.</summary>
    public void WriteEndOfRib(BgpAddressFamily family, IBufferWriter<byte> output)
    {
        _scratch.ResetWrittenCount();
        if (family != BgpAddressFamily.IPv4Unicast) AttributeWriter.WriteMpUnreachHeader(_scratch, family, 0);
        WriteMessage(output, [], _scratch.WrittenSpan, [], []);
    }

    private void WriteBucket(in UpdateBucket bucket, ReadOnlySpan<RouteOperation> operations, IBufferWriter<byte> output)
    {
        bool isIPv6 = bucket.NextHop.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        BgpAddressFamily family = isIPv6 ? BgpAddressFamily.IPv6Unicast : BgpAddressFamily.IPv4Unicast;
        bool addPath = context.AddPath(family);
        ReadOnlySpan<byte> attributes = Encode(bucket.Attributes, bucket.NextHop, isIPv6);
        int reach = 0;
        if (isIPv6)
        {
            _scratch.ResetWrittenCount();
            AttributeWriter.WriteMpReachHeader(_scratch, family, bucket.NextHop, 0);
            reach = _scratch.WrittenCount;
        }

        int room = MaxMessage - Header - 4 - reach - attributes.Length;
        int next = bucket.Head;
        while (next != UpdateBatch.End)
        {
            int length = 0;
            for (; next != UpdateBatch.End; next = operations[next].Next)
            {
                ref readonly RouteOperation operation = ref operations[next];
                if (!TryWritePrefix(table[operation.Slot].Prefix, operation.PathId, addPath, room, ref length)) break;
            }

            if (!isIPv6)
            {
                WriteMessage(output, [], [], attributes, _nlri.AsSpan(0, length));
                continue;
            }

            _scratch.ResetWrittenCount();
            AttributeWriter.WriteMpReachHeader(_scratch, family, bucket.NextHop, length);
            _scratch.Write(_nlri.AsSpan(0, length));
            WriteMessage(output, [], _scratch.WrittenSpan, attributes, []);
        }
    }

    private void WriteWithdrawals(BgpAddressFamily family, UpdateBatch batch, IBufferWriter<byte> output)
    {
        ReadOnlySpan<RouteOperation> withdrawn = batch.Withdrawn(family);
        bool addPath = context.AddPath(family);
        // The MP_UNREACH_NLRI header takes 7 octets at most.
        int room = MaxMessage - Header - 4 - 7;
        int next = 0;
        while (next < withdrawn.Length)
        {
            int length = 0;
            for (; next < withdrawn.Length; next++)
            {
                if (!TryWritePrefix(table[withdrawn[next].Slot].Prefix, withdrawn[next].PathId, addPath, room, ref length)) break;
            }

            if (family == BgpAddressFamily.IPv4Unicast)
            {
                WriteMessage(output, _nlri.AsSpan(0, length), [], [], []);
                continue;
            }

            _scratch.ResetWrittenCount();
            AttributeWriter.WriteMpUnreachHeader(_scratch, family, length);
            _scratch.Write(_nlri.AsSpan(0, length));
            WriteMessage(output, [], _scratch.WrittenSpan, [], []);
        }
    }

    private bool TryWritePrefix(in IPPrefix prefix, uint pathId, bool addPath, int room, ref int length)
    {
        if (length + PrefixCodec.EncodedLength(prefix, addPath) > room) return false;
        Span<byte> to = _nlri.AsSpan(length);
        length += addPath ? PrefixCodec.Write(to, prefix, pathId) : PrefixCodec.Write(to, prefix);
        return true;
    }

    private byte[] Encode(PathAttributes attributes, IPAddress nextHop, bool isIPv6)
    {
        SharedContent content = new(attributes, nextHop);
        if (_encoded.TryGetValue(content, out byte[]? bytes)) return bytes;
        if (_encoded.Count >= MaxCached) _encoded.Clear();
        _scratch.ResetWrittenCount();
        AttributeWriter.Write(_scratch, _policy.Apply(attributes), isIPv6 ? null : nextHop, context);
        bytes = _scratch.WrittenSpan.ToArray();
        _encoded.Add(content, bytes);
        return bytes;
    }

    private void WriteMessage(IBufferWriter<byte> output, ReadOnlySpan<byte> withdrawn, ReadOnlySpan<byte> first, ReadOnlySpan<byte> attributes, ReadOnlySpan<byte> nlri)
    {
        int length = Header + 4 + withdrawn.Length + first.Length + attributes.Length + nlri.Length;
        Span<byte> message = output.GetSpan(length)[..length];
        message[..16].Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(message[16..], (ushort)length);
        message[18] = (byte)BgpMessageType.Update;
        BinaryPrimitives.WriteUInt16BigEndian(message[19..], (ushort)withdrawn.Length);
        withdrawn.CopyTo(message[21..]);
        Span<byte> rest = message[(21 + withdrawn.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)(first.Length + attributes.Length));
        first.CopyTo(rest[2..]);
        attributes.CopyTo(rest[(2 + first.Length)..]);
        nlri.CopyTo(rest[(2 + first.Length + attributes.Length)..]);
        output.Advance(length);
        MessagesWritten++;
    }
}
