using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>Reads a message and writes it again with every writer there is.</summary>
internal static class MessageBytes
{
    public static void Rewrite(ReadOnlySpan<byte> input, in WireContext context, ArrayBufferWriter<byte> output)
    {
        Assert.True(MessageFramer.TryRead(input, context, out MessageFrame frame));
        switch (frame.Type)
        {
            case BgpMessageType.Open:
                OpenMessage.Read(frame.Body).Write(output);
                break;
            case BgpMessageType.Update:
                Update(UpdateReader.Read(frame.Body), context, output);
                break;
            case BgpMessageType.Notification:
                NotificationMessage.Read(frame.Body).Write(output);
                break;
            case BgpMessageType.Keepalive:
                KeepaliveMessage.Write(output);
                break;
            default:
                RouteRefreshMessage.Read(frame.Body).Write(output);
                break;
        }
    }

    /// <summary>Attributes as octets, and whether their announced length was right.</summary>
    public static byte[] Attributes(PathAttributes attributes, IPAddress? nextHop, in WireContext context)
    {
        ArrayBufferWriter<byte> output = new();
        AttributeWriter.Write(output, attributes, nextHop, context);
        Assert.Equal(AttributeWriter.EncodedLength(attributes, nextHop, context), output.WrittenCount);
        return output.WrittenSpan.ToArray();
    }

    private static void Update(UpdateReader update, in WireContext context, ArrayBufferWriter<byte> output)
    {
        byte[] withdrawn = Prefixes(new PrefixReader(update.Withdrawn, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), context.AddPathIPv4);
        byte[] nlri = Prefixes(new PrefixReader(update.Nlri, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), context.AddPathIPv4);
        ArrayBufferWriter<byte> attributes = new();
        if (update.TryGetMpUnreach(out MpUnreach unreach))
        {
            byte[] prefixes = Prefixes(unreach.Prefixes(context), context.AddPath(unreach.Family));
            AttributeWriter.WriteMpUnreachHeader(attributes, unreach.Family, prefixes.Length);
            Assert.Equal(AttributeWriter.MpUnreachHeaderLength, attributes.WrittenCount);
            attributes.Write(prefixes);
        }

        bool hasReach = update.TryGetMpReach(out MpReach reach);
        if (hasReach)
        {
            byte[] prefixes = Prefixes(reach.Prefixes(context), context.AddPath(reach.Family));
            int before = attributes.WrittenCount;
            AttributeWriter.WriteMpReachHeader(attributes, reach.Family, reach.ReadNextHop(), prefixes.Length);
            Assert.Equal(AttributeWriter.MpReachHeaderLength(reach.Family), attributes.WrittenCount - before);
            attributes.Write(prefixes);
        }

        if (hasReach || nlri.Length > 0)
        {
            PathAttributes read = AttributeReader.Read(update.Attributes, context, nlri.Length > 0, out IPAddress? nextHop);
            attributes.Write(Attributes(read, nextHop, context));
        }

        byte[] header = new byte[MessageHeader.Length];
        MessageHeader.Write(header, BgpMessageType.Update, MessageHeader.Length + 4 + withdrawn.Length + attributes.WrittenCount + nlri.Length);
        output.Write(header);
        Field(output, withdrawn);
        Field(output, attributes.WrittenSpan);
        output.Write(nlri);
    }

    private static byte[] Prefixes(PrefixReader reader, bool addPath)
    {
        ArrayBufferWriter<byte> output = new();
        while (reader.TryRead(out IPPrefix prefix, out uint pathId))
        {
            Span<byte> room = output.GetSpan(PrefixCodec.MaxEncodedLength);
            int written = addPath ? PrefixCodec.Write(room, prefix, pathId) : PrefixCodec.Write(room, prefix);
            Assert.Equal(PrefixCodec.EncodedLength(prefix, addPath), written);
            output.Advance(written);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Field(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), (ushort)bytes.Length);
        output.Advance(2);
        output.Write(bytes);
    }
}
