using System.Buffers;
using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>Makes our OPEN, and judges the peer's against it (RFC 4271 §6.2, RFC 5492, RFC 7911 §4).</summary>
internal static class OpenNegotiation
{
    public static OpenMessage Create(BgpPeerOptions peer, uint localAsn, uint bgpIdentifier)
    {
        ImmutableArray<BgpCapability>.Builder capabilities = ImmutableArray.CreateBuilder<BgpCapability>();
        foreach (BgpAddressFamily family in peer.Families) capabilities.Add(Capabilities.MultiProtocol(family));
        capabilities.Add(Capabilities.RouteRefresh);
        capabilities.Add(Capabilities.FourOctetAsn(localAsn));
        if (peer.ExtendedMessage) capabilities.Add(Capabilities.ExtendedMessage);
        if (peer.AddPath != AddPathMode.None)
        {
            capabilities.Add(Capabilities.AddPath([.. peer.Families.Select(family => new AddPathFamily(family, peer.AddPath))]));
        }

        if (peer.GracefulRestart is { } restart)
        {
            // The F bit is always set: our routes point at nodes that go on forwarding without us.
            capabilities.Add(new GracefulRestartCapability(
                RestartState: false,
                NotificationSupport: false,
                (ushort)restart.RestartTime.TotalSeconds,
                [.. peer.Families.Select(family => new GracefulRestartFamily(family, ForwardingPreserved: true))]).ToCapability());
        }

        return new OpenMessage(
            OpenMessage.SupportedVersion,
            OpenMessage.ToTwoOctets(localAsn),
            (ushort)peer.HoldTime.TotalSeconds,
            bgpIdentifier,
            capabilities.DrainToImmutable());
    }

    /// <exception cref="BgpProtocolException">2/2 another ASN than configured, 2/7 no family in common.</exception>
    public static NegotiatedSession Negotiate(BgpPeerOptions peer, OpenMessage ours, OpenMessage theirs)
    {
        if (theirs.Asn != peer.PeerAsn)
        {
            throw new BgpProtocolException(
                BgpErrorCode.OpenMessageError,
                OpenErrorSubcode.BadPeerAs,
                $"The peer says AS {theirs.Asn}; {peer.PeerAsn} is configured.");
        }

        ImmutableArray<BgpAddressFamily> families = CommonFamilies(peer, theirs);
        TimeSpan hold = TimeSpan.FromSeconds(Math.Min(ours.HoldTime, theirs.HoldTime));
        TimeSpan third = hold / 3;
        TimeSpan keepalive = peer.KeepaliveTime is { } configured && configured < third ? configured : third;
        ImmutableArray<AddPathFamily> addPath = Capabilities.ReadAddPath(theirs.Capabilities);
        bool fourOctets = Capabilities.ReadFourOctetAsn(theirs.Capabilities) is not null;
        bool Both(BgpAddressFamily family, AddPathMode way, AddPathMode back) =>
            families.Contains(family) && peer.AddPath.HasFlag(way) && addPath.Any(other => other.Family == family && other.Mode.HasFlag(back));
        return new NegotiatedSession(
            theirs,
            hold,
            keepalive,
            families,
            Receive: new(
                fourOctets,
                Both(BgpAddressFamily.IPv4Unicast, AddPathMode.Receive, AddPathMode.Send),
                Both(BgpAddressFamily.IPv6Unicast, AddPathMode.Receive, AddPathMode.Send),
                peer.ExtendedMessage),
            Send: new(
                fourOctets,
                Both(BgpAddressFamily.IPv4Unicast, AddPathMode.Send, AddPathMode.Receive),
                Both(BgpAddressFamily.IPv6Unicast, AddPathMode.Send, AddPathMode.Receive),
                Capabilities.Has(theirs.Capabilities, BgpCapabilityCode.ExtendedMessage)),
            RouteRefresh: Capabilities.Has(theirs.Capabilities, BgpCapabilityCode.RouteRefresh),
            GracefulRestart: peer.GracefulRestart is not null && GracefulRestartCapability.Read(theirs.Capabilities) is { Families.IsEmpty: false });
    }

    private static ImmutableArray<BgpAddressFamily> CommonFamilies(BgpPeerOptions peer, OpenMessage theirs)
    {
        ImmutableArray<BgpAddressFamily> offered = Capabilities.ReadMultiProtocol(theirs.Capabilities);
        // RFC 4760 §8: a peer without the capability speaks IPv4 unicast.
        if (offered.IsEmpty) offered = [BgpAddressFamily.IPv4Unicast];
        ImmutableArray<BgpAddressFamily> common = [.. peer.Families.Where(family => offered.Contains(family))];
        if (!common.IsEmpty) return common;

        // RFC 5492 §5: the data are the capabilities that we miss.
        ArrayBufferWriter<byte> missing = new();
        foreach (BgpAddressFamily family in peer.Families)
        {
            BgpCapability capability = Capabilities.MultiProtocol(family);
            missing.Write([(byte)capability.Code, (byte)capability.Value.Length, .. capability.Value]);
        }

        throw new BgpProtocolException(
            BgpErrorCode.OpenMessageError,
            OpenErrorSubcode.UnsupportedCapability,
            $"The peer speaks none of the address families {string.Join(", ", peer.Families)}.",
            missing.WrittenSpan);
    }
}
