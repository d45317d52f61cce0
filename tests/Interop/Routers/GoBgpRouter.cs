using System.Net;
using System.Text.Json;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>GoBGP, asked through gobgp. It puts nothing into the kernel.</summary>
internal sealed class GoBgpRouter(InteropLab lab, NetworkNamespace host, RouterOptions options) : Router(lab, host, options)
{
    // The numbers of its API's PeerState.SessionState.
    private static readonly string[] States = ["Unknown", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established"];

    private string Target => "unix://" + PathOf("gobgp.sock");

    public override async Task<RouterSession> GetSessionAsync(IPAddress peer)
    {
        using JsonDocument document = JsonDocument.Parse(await AskAsync("neighbor", peer.ToString()));
        int state = document.RootElement.GetProperty("state").TryGetProperty("session_state", out JsonElement number) ? number.GetInt32() : 0;
        return new(States[state], LastReason(peer));
    }

    protected override async Task StartDaemonsAsync()
    {
        await File.WriteAllTextAsync(PathOf("gobgpd.toml"), GoBgpConfig.Write(Options));
        File.Delete(PathOf("gobgp.sock"));
        File.Delete(PathOf("gobgpd.log"));
        StartDaemon("gobgpd", "-f", PathOf("gobgpd.toml"), "--pprof-disable", "--api-hosts", Target);
    }

    protected override async Task<bool> AnswersAsync()
    {
        (int code, string output, _) = await Command.TryRunAsync("gobgp", "--target", Target, "-j", "neighbor");
        return code == 0 && JsonDocument.Parse(output).RootElement.GetArrayLength() == Options.Peers.Length;
    }

    protected override async Task<IEnumerable<RouterPath>> ReadPathsAsync() =>
        [.. await ReadFamilyAsync("ipv4"), .. await ReadFamilyAsync("ipv6")];

    private async Task<IEnumerable<RouterPath>> ReadFamilyAsync(string family)
    {
        using JsonDocument document = JsonDocument.Parse(await AskAsync("global", "rib", "-a", family));
        return
        [
            .. from destination in document.RootElement.EnumerateObject()
               from path in destination.Value.EnumerateArray()
               from attribute in path.GetProperty("attrs").EnumerateArray()
               where attribute.TryGetProperty("nexthop", out _)
               select new RouterPath(destination.Name, IPAddress.Parse(attribute.GetProperty("nexthop").GetString()!)),
        ];
    }

    // Its API does not say why a session ended; its log does.
    private string LastReason(IPAddress peer)
    {
        string reason = "";
        foreach (string line in File.ReadLines(PathOf("gobgpd.log")).Where(line => line.Contains("\"Peer Down\"", StringComparison.Ordinal)))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            if (entry.RootElement.GetProperty("Key").GetString() == peer.ToString()) reason = entry.RootElement.GetProperty("Reason").GetString()!;
        }

        return reason;
    }

    private Task<string> AskAsync(params string[] question) => Command.RunAsync("gobgp", ["--target", Target, "-j", .. question]);
}
