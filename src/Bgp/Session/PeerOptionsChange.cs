namespace BgpLoadBalancer.Bgp.Session;

/// <summary>Whether a changed peer can keep its session: only if connection and OPEN stay as they are.</summary>
internal static class PeerOptionsChange
{
    public static bool NeedsNewSession(BgpPeerOptions before, BgpPeerOptions after) =>
        !before.PeerAddress.Equals(after.PeerAddress)
        || before.PeerPort != after.PeerPort
        || before.PeerAsn != after.PeerAsn
        || before.LocalAsn != after.LocalAsn
        || !Equals(before.LocalAddress, after.LocalAddress)
        || !Equals(before.BgpIdentifier, after.BgpIdentifier)
        || before.HoldTime != after.HoldTime
        || before.KeepaliveTime != after.KeepaliveTime
        || !before.Families.AsSpan().SequenceEqual(after.Families.AsSpan())
        || before.AddPath != after.AddPath
        || before.GracefulRestart != after.GracefulRestart
        || before.ExtendedMessage != after.ExtendedMessage
        || before.TtlSecurity != after.TtlSecurity
        || before.Password != after.Password
        // What was not kept can only be had again from the start.
        || before.KeepReceivedRoutes != after.KeepReceivedRoutes;

    /// <summary>Whether two configurations of a peer differ at all.</summary>
    public static bool Differs(BgpPeerOptions before, BgpPeerOptions after) =>
        NeedsNewSession(before, after)
        || before.Connect != after.Connect
        || before.Accept != after.Accept
        || before.ConnectRetryTime != after.ConnectRetryTime
        || before.PathRank != after.PathRank
        || before.Med != after.Med
        || before.Prepend != after.Prepend
        || !before.Communities.AsSpan().SequenceEqual(after.Communities.AsSpan())
        || !before.LargeCommunities.AsSpan().SequenceEqual(after.LargeCommunities.AsSpan());
}
