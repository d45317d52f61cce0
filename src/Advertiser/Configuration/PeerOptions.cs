using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>A configured peer as the speaker wants it.</summary>
internal static class PeerOptions
{
    public static BgpPeerOptions Create(AdvertiserConfig config, PeerConfig peer) => new()
    {
        PeerAddress = peer.PeerIP,
        PeerPort = peer.PeerPort,
        PeerAsn = peer.PeerAsn,
        LocalAsn = config.LocalAsn,
        LocalAddress = config.LocalIP,
        HoldTime = peer.HoldTime,
        TtlSecurity = peer.TtlSecurity,
        Password = peer.Password,
        GracefulRestart = GracefulRestartOptions.Default,
    };

    public static string Name(PeerConfig peer) => peer.PeerIP.ToString();
}
