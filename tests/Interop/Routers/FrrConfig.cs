using System.Globalization;
using System.Text;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>Writes bgpd.conf.</summary>
internal static class FrrConfig
{
    public static string Write(RouterOptions options)
    {
        if (options.OriginatedRoutes > 0) throw new NotSupportedException("Only BIRD originates routes in this lab.");
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            hostname router
            debug bgp neighbor-events
            router bgp {options.Asn}
             bgp router-id {options.Address}
             bgp log-neighbor-changes
             no bgp ebgp-requires-policy
             no bgp default ipv4-unicast
             bgp bestpath as-path multipath-relax
            """);
        if (options.MinimumHoldTime is { } least) text.AppendLine(CultureInfo.InvariantCulture, $" bgp minimum-holdtime {least}");
        foreach (RouterPeer peer in options.Peers) Peer(text, options, peer);
        Family(text, options, "ipv4");
        Family(text, options, "ipv6");
        if (!options.Readvertise) text.AppendLine("route-map NOTHING deny 10");
        return text.ToString();
    }

    private static void Peer(StringBuilder text, RouterOptions options, RouterPeer peer)
    {
        string[] lines =
        [
            $"remote-as {peer.Asn}",
            $"update-source {options.Address}",
            string.Create(CultureInfo.InvariantCulture, $"timers {peer.HoldTime / 3} {peer.HoldTime}"),
            "timers connect 1",
            peer.Dials ? "" : "passive",
            peer.Multihop ? "ebgp-multihop 8" : "",
            peer.TtlSecurity ? "ttl-security hops 1" : "",
            peer.Password is { } password ? $"password {password}" : "",
            peer.GracefulRestart ? "graceful-restart-helper" : "graceful-restart-disable",
        ];
        foreach (string line in lines.Where(line => line.Length > 0)) text.AppendLine(CultureInfo.InvariantCulture, $" neighbor {peer.Address} {line}");
    }

    private static void Family(StringBuilder text, RouterOptions options, string family)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $" address-family {family} unicast");
        text.AppendLine("  maximum-paths 16");
        foreach (RouterPeer peer in options.Peers)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  neighbor {peer.Address} activate");
            if (!peer.AddPathReceive) text.AppendLine(CultureInfo.InvariantCulture, $"  neighbor {peer.Address} disable-addpath-rx");
            if (!options.Readvertise) text.AppendLine(CultureInfo.InvariantCulture, $"  neighbor {peer.Address} route-map NOTHING out");
        }

        text.AppendLine(" exit-address-family");
    }
}
