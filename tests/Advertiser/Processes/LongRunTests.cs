using System.Net;
using System.Text.Json;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

public sealed class LongRunTests : IDisposable
{
    private const string Vip = "10.0.0.8";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_comes_up_announces_the_VIP_and_ends_with_a_Cease()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.1.1");
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(Config("127.0.1.1", router.Peer), Vip);

        await advertiser.EstablishedAsync("127.0.0.1");
        JsonElement sent = await advertiser.EventAsync("sent update", line => line.GetProperty("nlri").GetArrayLength() > 0);
        Assert.Equal(("10.0.0.8/32", "127.0.1.1"), (sent.GetProperty("nlri")[0].GetString(), sent.GetProperty("nextHop").GetString()));
        Assert.Equal(0, sent.GetProperty("withdrawals").GetArrayLength());
        Assert.Equal("info", sent.GetProperty("level").GetString());
        await router.SessionAsync("127.0.1.1", session => session.PathsReceived == 1);
        BgpReceivedPath path = Assert.Single(router.RoutesFrom("127.0.1.1"));
        Assert.Equal((IPPrefix.Parse("10.0.0.8/32"), IPAddress.Parse("127.0.1.1")), (path.Prefix, path.NextHop));
        Assert.Equal([65500u], Assert.Single(path.Attributes.AsPath).Asns);
        BgpSessionInfo session = await router.EstablishedAsync("127.0.1.1");
        Assert.Equal(IPAddress.Parse("127.0.1.1"), session.PeerBgpIdentifier);
        Assert.Contains(session.PeerCapabilities, capability => capability.Code == BgpCapabilityCode.GracefulRestart);

        router.Announce("192.0.2.0/24");
        JsonElement received = await advertiser.EventAsync("received update", line => line.GetProperty("nlri").GetArrayLength() > 0);
        Assert.StartsWith("192.0.2.0/24", received.GetProperty("nlri")[0].GetString(), StringComparison.Ordinal);

        advertiser.Signal("TERM");
        Assert.Equal(0, (await advertiser.ExitAsync()).Code);
        await router.SessionAsync("127.0.1.1", ended => ended.State != BgpSessionState.Established);
        Assert.Equal((BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown), await router.NotificationAsync() is var cease ? (cease.Code, cease.Subcode) : default);
        Assert.Contains(router.Updates, update => update.Withdrawals.Any(prefix => prefix.StartsWith("10.0.0.8/32", StringComparison.Ordinal)));
        JsonElement cleared = await advertiser.EventAsync("sent notification");
        Assert.Equal((6, 2), (cleared.GetProperty("code").GetInt32(), cleared.GetProperty("subcode").GetInt32()));
    }

    [Fact]
    public async Task State_changes_are_logged_with_the_documented_names_in_order()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.1.2");
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(Config("127.0.1.2", router.Peer), Vip);
        await advertiser.EstablishedAsync("127.0.0.1");

        JsonElement[] changes = [.. advertiser.Lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Where(line => line.GetProperty("msg").GetString() == "state changed")];
        Assert.Equal("BGP_FSM_IDLE", changes[0].GetProperty("old").GetString());
        Assert.Equal(["BGP_FSM_CONNECT", "BGP_FSM_OPENSENT", "BGP_FSM_OPENCONFIRM", "BGP_FSM_ESTABLISHED"], changes.Select(change => change.GetProperty("new").GetString()));
        Assert.All(changes, change => Assert.Equal(["ts", "level", "logger", "msg", "peer", "old", "new", "reason"], change.EnumerateObject().Select(field => field.Name)));
    }

    [Fact]
    public async Task Health_metrics_and_sessions_follow_the_session()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.1.3");
        string path = Config("127.0.1.3", router.Peer + "- {peerIP: 127.0.0.9, peerASN: 65000, peerPort: 1}\n");
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(path, Vip);
        using HttpClient client = new() { BaseAddress = new($"http://{await advertiser.HealthAddressAsync()}") };

        Assert.Equal("ok\n", await client.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
        await advertiser.EstablishedAsync("127.0.0.1");
        using (HttpResponseMessage ready = await client.GetAsync("/readyz", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Contains("127.0.0.9 is ", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Config("127.0.1.3", router.Peer);
        advertiser.Signal("HUP");
        await advertiser.EventAsync("configuration in force");
        Assert.Equal("ready\n", await client.GetStringAsync("/readyz", TestContext.Current.CancellationToken));

        string metrics = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("bgp_session_up{peer=\"127.0.0.1\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("bgp_messages_total{peer=\"127.0.0.1\",direction=\"sent\",type=\"open\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("bgpadvertiser_vip_announced{vip=\"10.0.0.8\"} 1", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.9", metrics, StringComparison.Ordinal);

        JsonElement session = Assert.Single(JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync("/sessions", TestContext.Current.CancellationToken)).EnumerateArray());
        Assert.Equal(("127.0.0.1", "127.0.1.3", 65000, 65500), (session.GetProperty("peerIP").GetString(), session.GetProperty("localIP").GetString(), session.GetProperty("peerASN").GetInt32(), session.GetProperty("localASN").GetInt32()));
        Assert.Equal(("Established", 0, "10.0.0.8/32"), (session.GetProperty("state").GetString(), session.GetProperty("flaps").GetInt32(), session.GetProperty("advertisedRoutes")[0].GetString()));

        using HttpResponseMessage posted = await client.PostAsync("/healthz", null, TestContext.Current.CancellationToken);
        using HttpResponseMessage elsewhere = await client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound), (posted.StatusCode, elsewhere.StatusCode));
    }

    [Fact]
    public async Task A_changed_file_touches_only_what_changed()
    {
        const string LocalIP = "127.0.1.4";
        await using Router first = new("127.0.0.1", peerAsn: 65500, LocalIP);
        await using Router second = new("127.0.0.2", peerAsn: 65500, LocalIP);
        string path = Config(LocalIP, first.Peer);
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(path, Vip);
        await first.EstablishedAsync(LocalIP);

        // At a signal; the new peer gets the route at once.
        Config(LocalIP, first.Peer + second.Peer);
        advertiser.Signal("HUP");
        await second.SessionAsync(LocalIP, session => session.PathsReceived == 1);

        // A bad file changes nothing.
        Config(LocalIP, "- {peerIP: 127.0.0.1, peerASn: 65000}\n");
        JsonElement bad = await advertiser.LineAsync(line => line.GetProperty("msg").GetString()!.Contains("Did you mean 'peerASN'?", StringComparison.Ordinal), "finding");
        Assert.Equal((path, 4, "error"), (bad.GetProperty("file").GetString(), bad.GetProperty("line").GetInt32(), bad.GetProperty("level").GetString()));
        await advertiser.EventAsync("configuration is bad, the one before it stays in force");

        // Without a signal, the way Kubernetes changes a mounted file: by moving a symlink.
        File.WriteAllText(_folder.PathOf("next"), File.ReadAllText(Config(LocalIP, first.Peer, "unused")));
        File.CreateSymbolicLink(_folder.PathOf("link"), _folder.PathOf("next"));
        File.Move(_folder.PathOf("link"), path, overwrite: true);
        await second.SessionAsync(LocalIP, session => session.State != BgpSessionState.Established);
        await advertiser.EventAsync("peer removed", line => line.GetProperty("peer").GetString() == "127.0.0.2");
        Assert.Equal(CeaseSubcode.PeerDeconfigured, (await second.NotificationAsync()).Subcode);

        BgpSessionInfo untouched = await first.EstablishedAsync(LocalIP);
        Assert.Equal((0, 1), (untouched.Flaps, untouched.Received.Open.Count));
        Assert.Empty(first.Notifications);
    }

    [Fact]
    public async Task A_planned_restart_neither_withdraws_nor_notifies()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.1.5");
        string path = Config("127.0.1.5", router.Peer);
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(path, Vip);
        await router.SessionAsync("127.0.1.5", session => session.PathsReceived == 1);

        advertiser.Signal("USR2");
        Assert.Equal(0, (await advertiser.ExitAsync()).Code);
        await router.SessionAsync("127.0.1.5", session => session.State != BgpSessionState.Established);
        Assert.Empty(router.Notifications);
        Assert.DoesNotContain(router.Updates, update => !update.Withdrawals.IsEmpty);

        await using AdvertiserProcess successor = AdvertiserProcess.Run(path, Vip);
        await router.SessionAsync("127.0.1.5", session => session.State == BgpSessionState.Established && session.PathsReceived == 1);
    }

    [Fact]
    public async Task The_health_check_gates_the_announcement()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.1.6");
        await using ToggledHealth health = await ToggledHealth.StartAsync();
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(Config("127.0.1.6", router.Peer), Vip, "--health-check-url", health.Url);

        await router.EstablishedAsync("127.0.1.6");
        JsonElement withheld = await advertiser.EventAsync("route withheld");
        Assert.Equal("10.0.0.8/32", withheld.GetProperty("nlri")[0].GetString());
        Assert.Empty(router.RoutesFrom("127.0.1.6"));
        health.Healthy = true;
        await router.SessionAsync("127.0.1.6", session => session.PathsReceived == 1);
        await advertiser.EventAsync("health check passes, announcing");
    }

    [Theory]
    [InlineData("localIP: 127.0.1.7\nlocalASN: 65500\npeers:\n- {peerIP: 127.0.0.1, peerASN: 65500}\n", "our own localASN")]
    [InlineData("localIP: 127.0.1.7\n  bad: yaml\n", "f.yaml:2:")]
    public async Task A_bad_file_ends_with_2(string text, string message)
    {
        await using AdvertiserProcess advertiser = AdvertiserProcess.Run(_folder.Write("f.yaml", text), Vip);

        Assert.Equal(2, (await advertiser.ExitAsync()).Code);
        Assert.Contains(advertiser.Lines, line => line.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_and_an_address_of_another_host_end_with_3_before_anything_is_sent()
    {
        await using Router router = new("127.0.0.1", peerAsn: 65500, "127.0.1.8", "192.0.2.1");
        await using AdvertiserProcess first = AdvertiserProcess.Run(Config("127.0.1.8", router.Peer), Vip);
        IPEndPoint taken = await first.HealthAddressAsync();

        await using AdvertiserProcess second = AdvertiserProcess.Start("--config", Config("127.0.1.8", router.Peer, "second"), "--advertise-ip", Vip, "--health-address", taken.ToString());
        Assert.Equal(3, (await second.ExitAsync()).Code);
        Assert.Contains($"Cannot listen on {taken}", Assert.Single(second.Lines), StringComparison.Ordinal);

        await using AdvertiserProcess third = AdvertiserProcess.Run(Config("192.0.2.1", router.Peer, "third"), Vip);
        Assert.Equal(3, (await third.ExitAsync()).Code);
        Assert.Contains("localIP 192.0.2.1 is not an address of this host", Assert.Single(third.Lines), StringComparison.Ordinal);
    }

    private string Config(string localIP, string peers, string name = "f.yaml") =>
        _folder.Write(name, $"localIP: {localIP}\nlocalASN: 65500\npeers:\n{peers}");
}
