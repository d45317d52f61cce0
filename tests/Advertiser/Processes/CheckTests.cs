using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

public sealed class CheckTests : IDisposable
{
    private const string Vip = "10.0.0.8";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_check_that_passes_reports_withdraws_and_ends_with_0()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.2.1");
        await using AdvertiserProcess check = Check(Config("127.0.2.1", router.Peer), Vip);

        (int code, string error) = await check.ExitAsync();
        Assert.True(code == 0, error);
        JsonElement result = JsonSerializer.Deserialize<JsonElement>(Assert.Single(check.Lines));
        Assert.Equal(("127.0.0.1", 65000, "127.0.2.1", 65500), (Text(result, "peerIPAddress"), Number(result, "peerASN"), Text(result, "localIPAddress"), Number(result, "localASN")));
        Assert.All(["tcpConnected", "openReceived", "established", "succeeded"], name => Assert.True(result.GetProperty(name).GetBoolean(), name));
        Assert.Equal(("Established", 90, "127.0.0.1", "10.0.0.8/32"), (Text(result, "state"), Number(result, "holdTime"), Text(result, "peerBgpIdentifier"), Text(result, "advertisedPrefix")));
        Assert.Contains("MultiProtocol", result.GetProperty("capabilities").EnumerateArray().Select(name => name.GetString()));
        Assert.False(result.GetProperty("routeEchoed").GetBoolean());
        Assert.Contains("does not receive ADD-PATH", Text(result, "advice"), StringComparison.Ordinal);
        Assert.All(["error", "nonce", "port"], name => Assert.Equal(JsonValueKind.Null, result.GetProperty(name).ValueKind));
        Assert.Contains("BGP_FSM_ESTABLISHED", error, StringComparison.Ordinal);

        await router.SessionAsync("127.0.2.1", session => session.State != BgpSessionState.Established);
        Assert.Equal(BgpErrorCode.Cease, (await router.NotificationAsync()).Code);
        Assert.Contains(router.Updates, update => update.Withdrawals.Length == 1);
    }

    [Fact]
    public async Task A_route_that_comes_back_is_seen_and_does_no_harm()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.2.2");
        router.Announce("10.0.0.8/32");
        await using AdvertiserProcess check = Check(Config("127.0.2.2", router.Peer), Vip);

        Assert.Equal(0, (await check.ExitAsync()).Code);
        Assert.True(JsonSerializer.Deserialize<JsonElement>(Assert.Single(check.Lines)).GetProperty("routeEchoed").GetBoolean());
    }

    [Fact]
    public async Task A_check_that_fails_says_how_far_it_came_and_ends_with_1()
    {
        await using Router router = new("127.0.0.1", peerAsn: 64999, "127.0.2.3");
        string path = Config("127.0.2.3", router.Peer + "- {peerIP: 127.0.0.9, peerASN: 65000, peerPort: 1}\n");
        await using AdvertiserProcess check = Check(path, Vip, "--timeout", "1");

        Assert.Equal(1, (await check.ExitAsync()).Code);
        JsonElement[] results = [.. check.Lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(["127.0.0.1", "127.0.0.9"], results.Select(result => Text(result, "peerIPAddress")));
        Assert.True(results[0].GetProperty("tcpConnected").GetBoolean());
        Assert.Contains("expects another AS than 65500", Text(results[0], "advice"), StringComparison.Ordinal);
        Assert.False(results[1].GetProperty("tcpConnected").GetBoolean());
        Assert.Contains("Nothing accepts BGP on 127.0.0.9 port 1", Text(results[1], "advice"), StringComparison.Ordinal);
        Assert.All(results, result => Assert.False(result.GetProperty("succeeded").GetBoolean()));
        Assert.All(results, result => Assert.NotEqual(JsonValueKind.Null, result.GetProperty("error").ValueKind));
    }

    [Fact]
    public async Task Interrupted_a_check_says_so_and_ends_with_1()
    {
        // Takes connections and says nothing.
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        await using AdvertiserProcess check = Check(Config("127.0.2.9", $"- {{peerIP: 127.0.0.1, peerASN: 65000, peerPort: {port}}}\n"), Vip);
        using Socket connection = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken);

        check.Signal("TERM");
        Assert.Equal(1, (await check.ExitAsync()).Code);
        Assert.Equal("The check was interrupted.", Text(JsonSerializer.Deserialize<JsonElement>(Assert.Single(check.Lines)), "error"));
    }

    [Theory]
    [InlineData("stdin")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_held_check_answers_on_the_VIP_with_its_nonce_until_it_is_ended(string end)
    {
        string localIP = $"127.0.2.{(end == "stdin" ? 4 : end == "TERM" ? 5 : 6)}";
        string vip = localIP.Replace("127.0.2.", "127.0.3.", StringComparison.Ordinal);
        await using Router router = new("127.0.0.1", peerAsn: 65500, localIP);
        await using AdvertiserProcess check = Check(Config(localIP, router.Peer), vip, "--hold");

        JsonElement result = await check.LineAsync(line => line.TryGetProperty("nonce", out _), "result");
        int port = Number(result, "port");
        Assert.Equal(Text(result, "nonce") + "\n", await AskAsync(vip, port));
        Assert.Equal(Text(result, "nonce") + "\n", await AskAsync(vip, port));
        await router.SessionAsync(localIP, session => session.State == BgpSessionState.Established && session.PathsReceived == 1);

        if (end == "stdin") check.CloseInput();
        else check.Signal(end);
        Assert.Equal(0, (await check.ExitAsync()).Code);
        await router.SessionAsync(localIP, session => session.State != BgpSessionState.Established);
        Assert.Equal(BgpErrorCode.Cease, (await router.NotificationAsync()).Code);
        await Assert.ThrowsAsync<SocketException>(() => AskAsync(vip, port));
    }

    [Fact]
    public async Task Holding_a_VIP_that_is_not_on_the_host_ends_with_3()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.2.7");
        await using AdvertiserProcess check = Check(Config("127.0.2.7", router.Peer), "192.0.2.8", "--hold");

        (int code, string error) = await check.ExitAsync();
        Assert.Equal(3, code);
        Assert.Contains("add --bind-interface auto", error, StringComparison.Ordinal);
        Assert.Empty(check.Lines);
    }

    [Fact]
    public async Task A_session_that_is_there_already_is_not_disturbed_unless_forced()
    {
        const string LocalIP = "127.0.2.8";
        await using Router router = new("127.0.0.1", peerAsn: 65500, LocalIP);
        string path = Config(LocalIP, router.Peer);
        await using AdvertiserProcess running = AdvertiserProcess.Run(path, Vip);
        await router.EstablishedAsync(LocalIP);

        await using AdvertiserProcess check = Check(path, Vip);
        Assert.Equal(1, (await check.ExitAsync()).Code);
        JsonElement result = JsonSerializer.Deserialize<JsonElement>(Assert.Single(check.Lines));
        Assert.Contains("already has a BGP session between 127.0.2.8 and 127.0.0.1", Text(result, "error"), StringComparison.Ordinal);
        Assert.Contains("--force", Text(result, "advice"), StringComparison.Ordinal);
        Assert.Equal(0, (await router.EstablishedAsync(LocalIP)).Flaps);

        await using AdvertiserProcess forced = Check(path, Vip, "--force", "--timeout", "1");
        await forced.ExitAsync();
        Assert.True(JsonSerializer.Deserialize<JsonElement>(Assert.Single(forced.Lines)).GetProperty("tcpConnected").GetBoolean());
    }

    private static AdvertiserProcess Check(string configPath, string vip, params string[] more) =>
        AdvertiserProcess.Start(["--config", configPath, "--advertise-ip", vip, "--check", .. more]);

    private static async Task<string> AskAsync(string address, int port)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(AdvertiserProcess.Deadline);
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Parse(address), port, deadline.Token);
        using StreamReader reader = new(client.GetStream());
        return await reader.ReadToEndAsync(deadline.Token);
    }

    private static string Text(JsonElement result, string name) => result.GetProperty(name).GetString()!;

    private static int Number(JsonElement result, string name) => result.GetProperty(name).GetInt32();

    private string Config(string localIP, string peers) => _folder.Write("f.yaml", $"localIP: {localIP}\nlocalASN: 65500\npeers:\n{peers}");
}
