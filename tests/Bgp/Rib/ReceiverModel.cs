using System.Net;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

/// <summary>A peer in its simplest form: applies UPDATEs to a table. Knows nothing of how they came about.</summary>
internal sealed class ReceiverModel(WireContext context)
{
    public Dictionary<(IPPrefix Prefix, uint PathId), (IPAddress NextHop, PathAttributes Attributes)> Paths { get; } = [];

    public int Messages { get; private set; }

    public int LongestMessage { get; private set; }

    public int Announcements { get; private set; }

    public int Withdrawals { get; private set; }

    public List<BgpAddressFamily> EndsOfRib { get; } = [];

    public void Apply(ReadOnlySpan<byte> bytes)
    {
        while (MessageFramer.TryRead(bytes, context, out MessageFrame frame))
        {
            Assert.Equal(BgpMessageType.Update, frame.Type);
            Messages++;
            LongestMessage = Math.Max(LongestMessage, frame.Length);
            Apply(UpdateReader.Read(frame.Body));
            bytes = bytes[frame.Length..];
        }

        Assert.True(bytes.IsEmpty, "a message was cut off");
    }

    private void Apply(in UpdateReader update)
    {
        if (update.IsEndOfRib(out BgpAddressFamily family))
        {
            EndsOfRib.Add(family);
            return;
        }

        Withdraw(new PrefixReader(update.Withdrawn, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4));
        if (update.TryGetMpUnreach(out MpUnreach unreach)) Withdraw(unreach.Prefixes(context));
        if (update.Nlri.IsEmpty && !update.TryGetMpReach(out _)) return;
        PathAttributes attributes = AttributeReader.Read(update.Attributes, context, !update.Nlri.IsEmpty, out IPAddress? nextHop);
        Announce(new PrefixReader(update.Nlri, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), nextHop, attributes);
        if (update.TryGetMpReach(out MpReach reach)) Announce(reach.Prefixes(context), reach.ReadNextHop(), attributes);
    }

    private void Withdraw(PrefixReader prefixes)
    {
        while (prefixes.TryRead(out IPPrefix prefix, out uint pathId))
        {
            Withdrawals++;
            Assert.True(Paths.Remove((prefix, pathId)), $"{prefix} id {pathId} was withdrawn without having been announced");
        }
    }

    private void Announce(PrefixReader prefixes, IPAddress? nextHop, PathAttributes attributes)
    {
        while (prefixes.TryRead(out IPPrefix prefix, out uint pathId))
        {
            Announcements++;
            (IPAddress, PathAttributes) path = (nextHop!, attributes);
            Assert.False(Paths.TryGetValue((prefix, pathId), out var before) && before.Equals(path), $"{prefix} id {pathId} was announced again, unchanged");
            Paths[(prefix, pathId)] = path;
        }
    }
}
