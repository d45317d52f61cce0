using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>A configured peer as the speaker wants it.</summary>
internal static class PeerOptions
{
    /// <param name="lasting">A session that a successor may take over (R24); a check's is not to leave routes behind when it is killed.</param>
    public static BgpPeerOptions Create(AdvertiserConfig config, PeerConfig peer, bool lasting) => new()
    {
        PeerAddress = peer.PeerIP,
        PeerPort = peer.PeerPort,
        PeerAsn = peer.PeerAsn,
        LocalAsn = config.LocalAsn,
        LocalAddress = config.LocalIP,
        HoldTime = peer.HoldTime,
        TtlSecurity = peer.TtlSecurity,
        Password = peer.Password,
        GracefulRestart = lasting ? GracefulRestartOptions.Default : null,
    };

    public static string Name(PeerConfig peer) => peer.PeerIP.ToString();
}
