using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>BIRD 2, asked through birdc.</summary>
internal sealed class BirdRouter(InteropLab lab, NetworkNamespace host, RouterOptions options) : Router(lab, host, options)
{
    private string Socket => PathOf("bird.ctl");

    public override async Task<RouterSession> GetSessionAsync(IPAddress peer)
    {
        string text = await AskAsync("show", "protocols", "all", BirdConfig.ProtocolName(peer));
        return new(Field(text, "BGP state:"), Field(text, "Last error:"));
    }

    protected override async Task StartDaemonsAsync()
    {
        await File.WriteAllTextAsync(PathOf("bird.conf"), BirdConfig.Write(Options));
        File.Delete(Socket);
        StartDaemon("bird", "-f", "-c", PathOf("bird.conf"), "-s", Socket, "-P", PathOf("bird.pid"));
    }

    protected override async Task<bool> AnswersAsync() =>
        File.Exists(Socket) && (await Command.TryRunAsync("birdc", "-s", Socket, "show", "status")).Output.Contains("Daemon is up and running", StringComparison.Ordinal);

    // "10.0.0.8/32   unicast [p1 05:49:10.142] * (100) [AS65001i]", then for each further path a line without the prefix; below each
    // one "BGP.next_hop: 10.1.0.11", behind which a link-local address may follow.
    protected override async Task<IEnumerable<RouterPath>> ReadPathsAsync()
    {
        List<RouterPath> paths = [];
        string prefix = "";
        foreach (string line in (await AskAsync("show", "route", "all")).Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[1] == "unicast" && !char.IsWhiteSpace(line[0])) prefix = words[0];
            if (words.Length > 1 && words[0].Trim() == "BGP.next_hop:") paths.Add(new(prefix, IPAddress.Parse(words[1])));
        }

        return paths;
    }

    private static string Field(string text, string name) =>
        text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim() ?? "";

    private Task<string> AskAsync(params string[] question) => Command.RunAsync("birdc", ["-s", Socket, .. question]);
}
