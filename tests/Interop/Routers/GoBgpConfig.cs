using System.Globalization;
using System.Text;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>Writes gobgpd.toml.</summary>
internal static class GoBgpConfig
{
    public static string Write(RouterOptions options)
    {
        if (options.OriginatedRoutes > 0) throw new NotSupportedException("Only BIRD originates routes in this lab.");
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            [global.config]
              as = {options.Asn}
              router-id = "{options.Address}"
              port = 179
              local-address-list = ["{options.Address}"]
            [global.apply-policy.config]
              default-export-policy = "{(options.Readvertise ? "accept-route" : "reject-route")}"
              {(options.PrependOnExport is null ? "" : "export-policy-list = [\"prepend\"]")}
            """);
        if (options.PrependOnExport is { } asn) text.AppendLine(Prepend(asn));
        foreach (RouterPeer peer in options.Peers) Peer(text, options, peer);
        return text.ToString();
    }

    private static void Peer(StringBuilder text, RouterOptions options, RouterPeer peer)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            [[neighbors]]
              [neighbors.config]
                neighbor-address = "{peer.Address}"
                peer-as = {peer.Asn}
                auth-password = "{peer.Password}"
              [neighbors.transport.config]
                local-address = "{options.Address}"
                passive-mode = {Toml(!peer.Dials)}
              [neighbors.timers.config]
                hold-time = {peer.HoldTime}
                keepalive-interval = {peer.HoldTime / 3}
                connect-retry = 1
                idle-hold-time-after-reset = 1
              [neighbors.ebgp-multihop.config]
                enabled = {Toml(peer.Multihop)}
                multihop-ttl = 8
              [neighbors.ttl-security.config]
                enabled = {Toml(peer.TtlSecurity)}
                ttl-min = 255
              [neighbors.graceful-restart.config]
                enabled = {Toml(peer.GracefulRestart)}
                helper-only = {Toml(peer.GracefulRestart)}
                restart-time = 120
            {Family("ipv4-unicast", peer)}
            {Family("ipv6-unicast", peer)}
            """);
    }

    private static string Prepend(uint asn) => $"""
        [[policy-definitions]]
          name = "prepend"
          [[policy-definitions.statements]]
            name = "prepend"
            [policy-definitions.statements.actions]
              route-disposition = "accept-route"
            [policy-definitions.statements.actions.bgp-actions.set-as-path-prepend]
              as = "{asn}"
              repeat-n = 1
        """;

    private static string Family(string name, RouterPeer peer) => $"""
          [[neighbors.afi-safis]]
            [neighbors.afi-safis.config]
              afi-safi-name = "{name}"
            [neighbors.afi-safis.add-paths.config]
              receive = {Toml(peer.AddPathReceive)}
            [neighbors.afi-safis.mp-graceful-restart.config]
              enabled = {Toml(peer.GracefulRestart)}
        """;

    private static string Toml(bool value) => value ? "true" : "false";
}
