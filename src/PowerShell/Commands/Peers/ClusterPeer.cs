using System.Collections;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>What New- and Set-BgpPeer were told, as a BGPPeer (R28). What was said to be nothing goes back to its default.</summary>
internal static class ClusterPeer
{
    /// <param name="localAsn">The cluster's, for a peer that is not told another.</param>
    public static BgpPeerResource Create(ResourceMetadata metadata, uint localAsn, IReadOnlyDictionary<string, object> said) =>
        Change(new() { Metadata = metadata, LocalAsn = localAsn, PeerIP = (IPAddress)said[nameof(BgpPeer.PeerIPAddress)] }, said);

    /// <summary>The peer with what was said, and nothing else, changed.</summary>
    /// <exception cref="FormatException">A community is none; the message names it.</exception>
    public static BgpPeerResource Change(BgpPeerResource peer, IReadOnlyDictionary<string, object> said)
    {
        BgpPeerResource changed = peer with
        {
            PeerIP = Value<IPAddress?>(nameof(BgpPeer.PeerIPAddress), null) ?? peer.PeerIP,
            PeerAsn = Value<uint?>(nameof(BgpPeer.PeerASN), null) ?? peer.PeerAsn,
            LocalAsn = Value<uint?>(nameof(BgpPeer.LocalASN), null) ?? peer.LocalAsn,
            Sessions = Value(nameof(BgpPeer.Sessions), peer.Sessions),
            PeerPort = Value(nameof(BgpPeer.Port), peer.PeerPort),
            HoldTime = Value(nameof(BgpPeer.HoldTime), peer.HoldTime),
            TtlSecurity = Value(nameof(BgpPeer.TtlSecurity), peer.TtlSecurity),
            GracefulRestart = Value(nameof(BgpPeer.GracefulRestart), peer.GracefulRestart),
            PasswordSecret = Value(nameof(BgpPeer.PasswordSecret), peer.PasswordSecret) is { Length: > 0 } secret ? secret : null,
            Med = Value(nameof(BgpPeer.Med), peer.Med),
        };
        if (said.TryGetValue(nameof(BgpPeer.Label), out object? labels)) changed = changed with { Metadata = changed.Metadata with { Labels = LabelTable.Read((Hashtable?)labels) } };
        if (said.TryGetValue(nameof(BgpPeer.Community), out object? communities))
        {
            (string[] normal, string[] large) = CommunityText.Split((string[]?)communities ?? []);
            changed = changed with { Communities = [.. normal], LargeCommunities = [.. large] };
        }

        return changed;

        T Value<T>(string name, T now) => said.TryGetValue(name, out object? value) ? (T)value : now;
    }
}
