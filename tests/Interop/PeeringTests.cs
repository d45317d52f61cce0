using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Routers;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests;

/// <summary>Test-BgpPeering on a node, against real routers: once for each way to fail.</summary>
public sealed class PeeringTests
{
    private const string Vip = "203.0.113.9";

    private static string Command(string more = "", uint localAsn = RouterLab.NodeAsn, uint peerAsn = RouterLab.RouterAsn) =>
        $"Test-BgpPeering {RouterLab.RouterAddress} -PeerASN {peerAsn} -LocalASN {localAsn} -TimeoutSec 10 {more}";

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_peering_that_works_is_told_stage_by_stage_and_leaves_nothing_behind(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        Router router = await lab.StartRouterAsync(RouterLab.Peer());

        IReadOnlyDictionary<string, string> test = await TestAsync(lab, Command($"-AdvertiseIPAddress {Vip} -BindInterface auto"));

        Assert.All(["TcpConnected", "OpenReceived", "Established", "AddPathReceive", "Succeeded"], stage => Assert.True(test[stage] == "True", stage));
        Assert.Equal(("Established", "90", $"{RouterLab.RouterAddress}", $"{Vip}/32", ""), (test["State"], test["HoldTime"], test["PeerBgpIdentifier"], test["AdvertisedPrefix"], test["Error"]));
        Assert.Equal($"{RouterLab.NodeAddress(0)}", test["LocalIPAddress"]);
        Assert.DoesNotContain(Vip, await lab.Nodes[0].IpAsync("address show"), StringComparison.Ordinal);
        await Eventually.BecomesAsync("the router has no route of the test", router.GetPathsAsync, paths => paths.Count == 0, TimeSpan.FromSeconds(10), router.ReadLogs);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_route_that_the_router_sends_back_is_seen(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        RouterOptions options = new(RouterLab.RouterAsn, RouterLab.RouterAddress) { Peers = [new(RouterLab.NodeAddress(0), 65002), RouterLab.Peer(1)], Readvertise = true };
        await lab.StartRouterAsync(options);
        // The other node announces the same VIP: that is what comes back. From an AS of its own, since GoBGP keeps our own to itself,
        // and from the lower address, so that its path is the best and stays the one that is passed on.
        SpeakerHost other = lab.StartSpeaker(0, peer => peer with { LocalAsn = 65002 });
        other.Announce(($"{Vip}/32", [RouterLab.NodeAddress(0)]));
        await other.EstablishAsync();

        IReadOnlyDictionary<string, string> test = await TestAsync(lab, Command($"-AdvertiseIPAddress {Vip}"), node: 1);

        Assert.Equal(("True", "True"), (test["Succeeded"], test["RouteEchoed"]));
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_wrong_ASN_of_ours_is_told(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        await lab.StartRouterAsync(RouterLab.Peer());

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command(localAsn: 65009), "OpenReceived");

        Assert.Contains("2/2: OPEN Message Error: Bad Peer AS", test["Error"], StringComparison.Ordinal);
        Assert.Contains($"expects another AS than 65009 from {RouterLab.NodeAddress(0)}", test["Advice"], StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_wrong_ASN_of_the_routers_is_told(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        await lab.StartRouterAsync(RouterLab.Peer());

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command(peerAsn: 65008), "OpenReceived");

        Assert.Contains("The peer says AS 65000; 65008 is configured", test["Error"], StringComparison.Ordinal);
        Assert.Contains("The router is not in AS 65008", test["Advice"], StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_router_that_does_not_know_us_is_told(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind, nodes: 2);
        await lab.StartRouterAsync(RouterLab.Peer(1));

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command().Replace("-TimeoutSec 10", "-TimeoutSec 3", StringComparison.Ordinal), "TcpConnected");

        Assert.Contains($"{RouterLab.NodeAddress(0)}", test["Advice"], StringComparison.Ordinal);
        Assert.Contains("neighbor", test["Advice"], StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_router_without_ADD_PATH_is_a_success_with_advice(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        await lab.StartRouterAsync(RouterLab.Peer() with { AddPathReceive = false });

        IReadOnlyDictionary<string, string> test = await TestAsync(lab, Command());

        Assert.Equal(("True", "False"), (test["Succeeded"], test["AddPathReceive"]));
        Assert.Contains("does not receive ADD-PATH", test["Advice"], StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_session_that_is_there_already_is_left_alone(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        await lab.StartRouterAsync(RouterLab.Peer());
        SpeakerHost running = lab.StartSpeaker();
        await running.EstablishAsync();

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command(), furthest: null);

        Assert.Contains("already has a BGP session", test["Error"], StringComparison.Ordinal);
        Assert.Equal(0, running.Session.Flaps);
    }

    [Theory]
    [ClassData(typeof(EveryRouter))]
    public async Task A_router_out_of_our_subnet_is_a_success_with_advice(RouterKind kind)
    {
        await using RouterLab lab = await RouterLab.CreateAsync(kind);
        await lab.Nodes[0].AddAddressAsync("lo", "10.3.0.11/32");
        await lab.RouterHost.IpAsync($"route add 10.3.0.11/32 via {RouterLab.NodeAddress(0)}");
        await lab.StartRouterAsync(new RouterPeer(IPAddress.Parse("10.3.0.11"), RouterLab.NodeAsn) { Multihop = true });

        IReadOnlyDictionary<string, string> test = await TestAsync(lab, Command("-LocalIPAddress 10.3.0.11"));

        Assert.Equal("True", test["Succeeded"]);
        Assert.Contains("not in a subnet of this address", test["Advice"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_time_that_the_router_does_not_take_is_told()
    {
        await using RouterLab lab = await RouterLab.CreateAsync(RouterKind.Frr);
        await lab.StartRouterAsync(new RouterOptions(RouterLab.RouterAsn, RouterLab.RouterAddress) { Peers = [RouterLab.Peer()], MinimumHoldTime = 20 });

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command("-HoldTime 9"), "OpenReceived");

        Assert.Contains("Unacceptable Hold Time", test["Error"], StringComparison.Ordinal);
        Assert.Contains("does not accept a hold time of 9 s", test["Advice"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_listens_is_told_at_once()
    {
        await using RouterLab lab = await RouterLab.CreateAsync(RouterKind.Bird);

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command(), furthest: null);

        Assert.Contains("connection refused", test["Error"], StringComparison.Ordinal);
        Assert.Contains($"Nothing accepts BGP on {RouterLab.RouterAddress} port 179", test["Advice"], StringComparison.Ordinal);
        Assert.True(TimeSpan.Parse(test["Elapsed"], System.Globalization.CultureInfo.InvariantCulture) < TimeSpan.FromSeconds(5), test["Elapsed"]);
    }

    [Fact]
    public async Task No_route_is_told_at_once()
    {
        await using RouterLab lab = await RouterLab.CreateAsync(RouterKind.Bird);

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command().Replace($"{RouterLab.RouterAddress}", "10.9.0.1", StringComparison.Ordinal), furthest: null);

        Assert.Contains("network unreachable", test["Error"], StringComparison.Ordinal);
        Assert.Contains("There is no way from this host to 10.9.0.1", test["Advice"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_told_and_an_interrupt_takes_the_address_off()
    {
        await using RouterLab lab = await RouterLab.CreateAsync(RouterKind.Bird);
        // The router's answers go nowhere.
        await lab.RouterHost.IpAsync($"route add blackhole {RouterLab.NodeAddress(0)}/32");
        await lab.StartRouterAsync(RouterLab.Peer());

        IReadOnlyDictionary<string, string> test = await FailAsync(lab, Command().Replace("-TimeoutSec 10", "-TimeoutSec 2", StringComparison.Ordinal), furthest: null);
        Assert.Contains("Not established within 2 s", test["Error"], StringComparison.Ordinal);
        Assert.Contains("does not answer on port 179", test["Advice"], StringComparison.Ordinal);

        LabProcess endless = PowerShellSession.Start(lab, lab.Nodes[0], Command($"-AdvertiseIPAddress {Vip} -BindInterface auto").Replace("-TimeoutSec 10", "-TimeoutSec 600", StringComparison.Ordinal));
        Task<string> Addresses() => lab.Nodes[0].IpAsync("address show");
        await Eventually.BecomesAsync("the VIP is on the node", Addresses, text => text.Contains(Vip, StringComparison.Ordinal), TimeSpan.FromSeconds(30), endless.ReadLog);
        endless.Signal(SystemCalls.SigInt);
        Assert.Equal(1, await endless.WaitForExitAsync(TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain(Vip, await Addresses(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyDictionary<string, string>> TestAsync(RouterLab lab, string command, int node = 0) =>
        Assert.Single(await PowerShellSession.RunAsync(lab, lab.Nodes[node], command));

    /// <param name="furthest">The last stage that was reached; null: not even TcpConnected.</param>
    private static async Task<IReadOnlyDictionary<string, string>> FailAsync(RouterLab lab, string command, string? furthest)
    {
        IReadOnlyDictionary<string, string> test = await TestAsync(lab, command);
        Assert.Equal(("False", "False"), (test["Succeeded"], test["Established"]));
        Assert.Equal(furthest is null ? "False" : "True", test[furthest ?? "TcpConnected"]);
        Assert.NotEqual("", test["Advice"]);
        return test;
    }
}
