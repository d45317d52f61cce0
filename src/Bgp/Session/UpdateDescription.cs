using System.Globalization;
using System.Net;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>Puts UPDATEs into words for an observer that wants them.</summary>
internal static class UpdateDescription
{
    /// <summary>Describes each UPDATE among whole messages of our own.</summary>
    public static void DescribeAll(ReadOnlySpan<byte> messages, in WireContext context, Action<BgpUpdateSummary> describe)
    {
        while (MessageFramer.TryRead(messages, context, out MessageFrame frame))
        {
            if (frame.Type == BgpMessageType.Update) describe(Describe(UpdateReader.Read(frame.Body), context));
            messages = messages[frame.Length..];
        }
    }

    public static BgpUpdateSummary Describe(in UpdateReader update, in WireContext context)
    {
        bool endOfRib = update.IsEndOfRib(out _);
        List<string> withdrawals = [];
        List<string> nlri = [];
        Add(withdrawals, new PrefixReader(update.Withdrawn, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), context.AddPathIPv4);
        Add(nlri, new PrefixReader(update.Nlri, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), context.AddPathIPv4);
        if (update.TryGetMpUnreach(out MpUnreach unreach) && IsUnicast(unreach.Family)) Add(withdrawals, unreach.Prefixes(context), context.AddPath(unreach.Family));
        IPAddress? nextHop = null;
        if (update.TryGetMpReach(out MpReach reach) && IsUnicast(reach.Family))
        {
            Add(nlri, reach.Prefixes(context), context.AddPath(reach.Family));
            nextHop = reach.ReadNextHop();
        }

        if (!update.Nlri.IsEmpty) _ = AttributeReader.Read(update.Attributes, context, hasNlri: true, out nextHop);
        return new BgpUpdateSummary([.. nlri], [.. withdrawals], nextHop, endOfRib);
    }

    private static bool IsUnicast(BgpAddressFamily family) => family is BgpAddressFamily.IPv4Unicast or BgpAddressFamily.IPv6Unicast;

    private static void Add(List<string> list, PrefixReader prefixes, bool addPath)
    {
        while (prefixes.TryRead(out IPPrefix prefix, out uint pathId))
        {
            list.Add(addPath ? string.Create(CultureInfo.InvariantCulture, $"{prefix} id {pathId}") : prefix.ToString());
        }
    }
}
