using System.Net;
using System.Text.Json;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>FRRouting's zebra and bgpd, asked through vtysh.</summary>
internal sealed class FrrRouter(InteropLab lab, NetworkNamespace host, RouterOptions options) : Router(lab, host, options)
{
    private static readonly TimeSpan ZebraLimit = TimeSpan.FromSeconds(10);

    private string ZebraSocket => PathOf("zserv.api");

    public override async Task<RouterSession> GetSessionAsync(IPAddress peer)
    {
        using JsonDocument document = JsonDocument.Parse(await AskAsync($"show bgp neighbors {peer} json"));
        JsonElement neighbor = document.RootElement.GetProperty(peer.ToString());
        string[] said = ["lastResetDueTo", "lastNotificationReason", "lastShutdownDescription"];
        return new(
            neighbor.GetProperty("bgpState").GetString()!,
            string.Join(": ", said.Where(name => neighbor.TryGetProperty(name, out _)).Select(name => neighbor.GetProperty(name).GetString())));
    }

    protected override async Task StartDaemonsAsync()
    {
        await File.WriteAllTextAsync(PathOf("zebra.conf"), "hostname router\n");
        await File.WriteAllTextAsync(PathOf("bgpd.conf"), FrrConfig.Write(Options));
        File.Delete(ZebraSocket);
        Start("zebra");
        // A bgpd that does not find zebra at once loses the first questions that it asks about next hops.
        await Eventually.BecomesAsync("zebra listens", () => Task.FromResult(File.Exists(ZebraSocket)), exists => exists, ZebraLimit, ReadLogs);
        if (Options.InstallRoutes) Start("bgpd");
        else Start("bgpd", "--no_kernel");
    }

    protected override async Task<bool> AnswersAsync()
    {
        (int code, string output, _) = await Command.TryRunAsync("vtysh", "--vty_socket", Folder, "-d", "bgpd", "-c", "show bgp summary json");
        // It starts all the same when it does not understand a line.
        Assert.DoesNotContain("on config line", ReadLogs(), StringComparison.Ordinal);
        return code == 0 && output.Contains("ipv4Unicast", StringComparison.Ordinal);
    }

    protected override async Task<IEnumerable<RouterPath>> ReadPathsAsync() =>
        [.. await ReadFamilyAsync("ipv4"), .. await ReadFamilyAsync("ipv6")];

    private async Task<IEnumerable<RouterPath>> ReadFamilyAsync(string family)
    {
        using JsonDocument document = JsonDocument.Parse(await AskAsync($"show bgp {family} unicast json"));
        return
        [
            .. from destination in document.RootElement.TryGetProperty("routes", out JsonElement routes) ? routes.EnumerateObject().ToArray() : []
               from path in destination.Value.EnumerateArray()
               from hop in path.GetProperty("nexthops").EnumerateArray()
               where !hop.TryGetProperty("scope", out JsonElement scope) || scope.GetString() == "global"
               select new RouterPath(destination.Name, IPAddress.Parse(hop.GetProperty("ip").GetString()!)),
        ];
    }

    private void Start(string daemon, params string[] more) => StartDaemon(
        daemon,
        ["-f", PathOf(daemon + ".conf"), "-i", PathOf(daemon + ".pid"), "-z", ZebraSocket, "--vty_socket", Folder, "-A", "127.0.0.1", "-P", "0", "--log", "stdout", .. more]);

    private Task<string> AskAsync(string question) => Command.RunAsync("vtysh", "--vty_socket", Folder, "-d", "bgpd", "-c", question);
}
