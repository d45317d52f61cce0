using System.Globalization;
using System.Net;
using BgpLoadBalancer.Bench.Receiver;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>
/// BIRD's configuration for a workload: one static protocol per next hop, disabled until it is told, so that reading the
/// configuration is not part of any figure.
/// </summary>
internal static class BirdConfiguration
{
    public const string Address = "127.0.0.2";

    /// <summary>The name, as a pattern, of all protocols that make up the workload.</summary>
    public const string InjectPattern = "inject*";

    public const string Extra = "extra";

    /// <returns>The path of the configuration file, in <paramref name="folder"/>.</returns>
    public static string Write(string folder, Workload workload, IPEndPoint receiver, int port)
    {
        WriteRoutes(Path.Combine(folder, "routes.conf"), workload.Prefixes);
        string path = Path.Combine(folder, "bird.conf");
        using StreamWriter writer = File.CreateText(path);
        writer.WriteLine($"log \"{Path.Combine(folder, "bird.log")}\" all;");
        writer.WriteLine($"router id {Address};");
        writer.WriteLine("protocol device {}");
        for (int rank = 0; rank < workload.NextHops; rank++)
        {
            // With one next hop the session's own address is the cheapest for BIRD: no filter runs.
            string import = workload.AddPath ? $"import filter {{ bgp_next_hop = {Workload.NextHop(rank)}; accept; }};" : "";
            writer.WriteLine($"protocol static inject{rank} {{ disabled yes; ipv4 {{ {import} }};");
            writer.WriteLine("include \"routes.conf\";");
            writer.WriteLine("}");
        }

        writer.WriteLine($"protocol static {Extra} {{ disabled yes; ipv4; route {Workload.Text(Workload.ExtraPrefix)}/32 blackhole; }}");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""
            protocol bgp receiver {
              local {{Address}} port {{port}} as 65001;
              neighbor {{receiver.Address}} port {{receiver.Port}} as {{BgpReceiver.Asn}};
              multihop;
              strict bind yes;
              hold time 240;
              connect delay time 1;
              ipv4 { import none; export all; {{(workload.AddPath ? "next hop keep; add paths tx;" : "")}} };
            }
            """));
        return path;
    }

    private static void WriteRoutes(string path, int prefixes)
    {
        using StreamWriter writer = File.CreateText(path);
        for (int i = 0; i < prefixes; i++) writer.WriteLine($"route {Workload.Text(Workload.Address(i))}/32 blackhole;");
    }
}
