using System.Net;
using System.Text;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>An UPDATE in lines.</summary>
internal static class UpdateText
{
    public static string Describe(ReadOnlySpan<byte> body, in WireContext context)
    {
        StringBuilder text = new("UPDATE");
        UpdateReader update = UpdateReader.Read(body);
        Prefixes(text, "withdrawn", new PrefixReader(update.Withdrawn, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), context.AddPathIPv4);
        if (update.IsEndOfRib(out BgpAddressFamily ended)) return text.Append($"\n  end-of-rib {MessageText.Family(ended)}").ToString();
        PathAttributes attributes = AttributeReader.Read(update.Attributes, context, !update.Nlri.IsEmpty, out IPAddress? nextHop);
        bool hasReach = update.TryGetMpReach(out MpReach reach);
        if (hasReach || !update.Nlri.IsEmpty) Attributes(text, attributes);
        if (nextHop is not null) text.Append($"\n  next-hop {nextHop}");
        Optional(text, attributes);
        if (hasReach) Reach(text, reach, context);
        if (update.TryGetMpUnreach(out MpUnreach unreach))
        {
            text.Append($"\n  mp-unreach {MessageText.Family(unreach.Family)}");
            Prefixes(text, "unreachable", unreach.Prefixes(context), context.AddPath(unreach.Family));
        }

        Prefixes(text, "nlri", new PrefixReader(update.Nlri, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), context.AddPathIPv4);
        return text.ToString();
    }

    private static void Attributes(StringBuilder text, PathAttributes attributes)
    {
        string path = string.Join(' ', attributes.AsPath.Select(segment => $"{segment.Type}({string.Join(' ', segment.Asns)})"));
        text.Append($"\n  origin {attributes.Origin}\n  as-path {(path.Length == 0 ? "-" : path)}");
    }

    private static void Optional(StringBuilder text, PathAttributes attributes)
    {
        if (attributes.Med is { } med) text.Append($"\n  med {med}");
        if (attributes.LocalPref is { } preference) text.Append($"\n  local-pref {preference}");
        if (attributes.AtomicAggregate) text.Append("\n  atomic-aggregate");
        if (attributes.Aggregator is { } aggregator) text.Append($"\n  aggregator {aggregator.Asn} {aggregator.Address}");
        List(text, "communities", attributes.Communities.Select(value => $"{value >> 16}:{value & 0xFFFF}"));
        List(text, "extended-communities", attributes.ExtendedCommunities.Select(value => $"{value:x16}"));
        List(text, "large-communities", attributes.LargeCommunities.Select(value => value.ToString()));
        foreach (UnknownAttribute unknown in attributes.Unknown) text.Append($"\n  unknown {unknown.Flags:X2} {unknown.Code} {MessageText.Hex(unknown.Value.AsSpan())}");
    }

    private static void Reach(StringBuilder text, MpReach reach, in WireContext context)
    {
        text.Append($"\n  mp-reach {MessageText.Family(reach.Family)} next-hop ");
        if (!Enum.IsDefined(reach.Family))
        {
            text.Append($"{MessageText.Hex(reach.NextHop)} nlri {MessageText.Hex(reach.Nlri)}");
            return;
        }

        text.Append(reach.ReadNextHop());
        Prefixes(text, "reachable", reach.Prefixes(context), context.AddPath(reach.Family));
    }

    private static void Prefixes(StringBuilder text, string name, PrefixReader reader, bool addPath)
    {
        while (reader.TryRead(out IPPrefix prefix, out uint pathId)) text.Append($"\n  {name} {prefix}{(addPath ? $" path {pathId}" : "")}");
    }

    private static void List(StringBuilder text, string name, IEnumerable<string> values)
    {
        string joined = string.Join(' ', values);
        if (joined.Length > 0) text.Append($"\n  {name} {joined}");
    }
}
