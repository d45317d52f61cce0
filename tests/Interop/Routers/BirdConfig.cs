using System.Globalization;
using System.Net;
using System.Text;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>Writes bird.conf.</summary>
internal static class BirdConfig
{
    public static string ProtocolName(IPAddress peer) => "peer_" + peer.ToString().Replace('.', '_');

    public static string Write(RouterOptions options)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $$"""
            log stderr all;
            router id {{options.Address}};
            protocol device { scan time 1; }
            protocol direct { ipv4; ipv6; }
            {{Kernel("ipv4", options)}}
            {{Kernel("ipv6", options)}}
            """);
        if (options.OriginatedRoutes > 0)
        {
            text.AppendLine("protocol static { ipv4;");
            for (int i = 0; i < options.OriginatedRoutes; i++) text.Append("route ").Append(RouterOptions.OriginatedPrefix(i)).AppendLine(" blackhole;");
            text.AppendLine("}");
        }

        foreach (RouterPeer peer in options.Peers) text.AppendLine(Peer(options, peer));
        return text.ToString();
    }

    // "learn" brings in routes that somebody else put there: the way to peers behind another hop.
    private static string Kernel(string family, RouterOptions options) => $$"""
        protocol kernel {
          learn;
          merge paths on limit 16;
          {{family}} { import all; export {{(options.InstallRoutes ? "where source = RTS_BGP" : "none")}}; };
        }
        """;

    private static string Peer(RouterOptions options, RouterPeer peer) => string.Create(CultureInfo.InvariantCulture, $$"""
        protocol bgp {{ProtocolName(peer.Address)}} {
          debug { states, events };
          local {{options.Address}} as {{options.Asn}};
          neighbor {{peer.Address}} as {{peer.Asn}};
          {{(peer.Multihop ? "multihop" : "direct")}};
          passive {{(peer.Dials ? "off" : "on")}};
          hold time {{peer.HoldTime}};
          connect delay time 1; connect retry time 1; error wait time 1, 2;
          graceful restart {{(peer.GracefulRestart ? "aware" : "off")}};
          {{(peer.TtlSecurity ? "ttl security on;" : "")}}
          {{(peer.Password is { } password ? $"password \"{password}\";" : "")}}
          {{Channel("ipv4", options, peer)}}
          {{Channel("ipv6", options, peer)}}
        }
        """);

    private static string Channel(string family, RouterOptions options, RouterPeer peer)
    {
        string sources = string.Join(" || ", new[] { options.Readvertise ? "source = RTS_BGP" : "", options.OriginatedRoutes > 0 ? "source = RTS_STATIC" : "" }.Where(part => part.Length > 0));
        return $"{family} {{ import all; export {(sources.Length > 0 ? "where " + sources : "none")}; {(peer.AddPathReceive ? "add paths rx;" : "")} }};";
    }
}
