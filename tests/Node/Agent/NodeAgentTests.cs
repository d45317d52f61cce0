using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>Controller, agents and routers over the embedded store, in one process and on a virtual clock (R8-R10, R18, R19, R22-R24, R30).</summary>
[Collection(nameof(AgentLab))]
public sealed class NodeAgentTests
{
    private static readonly IPAddress s_first = AgentCluster.FloatingIP(0);
    private static readonly IPAddress s_second = AgentCluster.FloatingIP(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_router_gets_a_session_from_every_floating_IP_and_all_next_hops_of_every_service()
    {
        await using AgentLab lab = new(nodes: 3, floatingIPs: 2, routers: 2, AgentCluster.Service("api"), AgentCluster.Service("web"));
        await lab.StartAsync();

        Assert.Equal(2, lab.FloatingIPs.Select(lab.HolderOf).Distinct().Count());
        string[] routes = [.. from vip in (string[])["10.100.0.0/32", "10.100.0.1/32"] from i in (int[])[0, 1, 2] select $"{vip} {AgentCluster.NodeAddress(i)}"];
        await lab.UntilAsync("all routes", () => lab.Routers[..2].All(router => lab.FloatingIPs.All(ip => router.Routes(ip).SequenceEqual(routes))));
        Assert.All(lab.Routers[..2], router => Assert.All(lab.FloatingIPs, ip => Assert.Equal(ip, router.Session(ip).PeerBgpIdentifier)));

        await lab.PassAsync(TimeSpan.FromSeconds(3));
        BgpSessionResource[] sessions = await lab.SessionsAsync();
        Assert.Equal(4, sessions.Length);
        Assert.All(sessions, session =>
        {
            Assert.Equal(lab.Agents[lab.HolderOf(session.FloatingIP!)!.Value].Name, session.NodeName);
            Assert.Equal(("Established", true, 0L), (session.Status!.State, session.Status.AddPath, session.Status.Flaps));
            Assert.Equal(["10.100.0.0/32", "10.100.0.1/32"], session.Status.AdvertisedRoutes.Select(route => route.ToString()));
        });
        Assert.All(lab.Agents, agent => Assert.True(agent.Agent.Status is { Running: true, StoreReachable: true, Problem: null, Routes: 2 }, $"{agent.Agent.Status}"));
    }

    [Fact]
    public async Task An_agent_publishes_the_addresses_of_its_node_without_those_that_move()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 1, routers: 1);
        await lab.StartAsync();
        _ = await lab.ChangeAsync<NodeResource>("", "node-1", node => node with { Metadata = node.Metadata with { Annotations = node.Metadata.Annotations.SetItem(NodeResource.AddressesAnnotation, "10.9.9.9/24") } });

        await lab.PassAsync(TimeSpan.FromSeconds(31));

        NodeResource node = (await lab.Store.GetAsync<NodeResource>("", "node-1", Cancelled))!;
        Assert.Equal("127.0.1.11/24", node.Metadata.Annotations[NodeResource.AddressesAnnotation]);
    }

    [Fact]
    public async Task A_service_without_endpoints_is_withdrawn_and_no_session_resets()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 1, routers: 1, AgentCluster.Service("api"), AgentCluster.Service("web"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.Routers[0].Routes(s_first).Length == 4);
        DateTimeOffset since = lab.Routers[0].Session(s_first).EstablishedTime!.Value;

        _ = await lab.ChangeAsync<EndpointSliceResource>("default", "web-1", slice => slice with { ReadyEndpoints = 0 });
        await lab.UntilAsync("one service is left", () => lab.Routers[0].Routes(s_first) is ["10.100.0.0/32 127.0.1.10", "10.100.0.0/32 127.0.1.11"]);
        _ = await lab.ChangeAsync<EndpointSliceResource>("default", "web-1", slice => slice with { ReadyEndpoints = 1 });
        await lab.UntilAsync("it is back", () => lab.Routers[0].Routes(s_first).Length == 4);

        Assert.Equal((since, 0L), (lab.Routers[0].Session(s_first).EstablishedTime, lab.Routers[0].Session(s_first).Flaps));
    }

    [Fact]
    public async Task When_a_node_dies_its_floating_IP_moves_and_it_is_no_next_hop_any_more()
    {
        await using AgentLab lab = new(nodes: 3, floatingIPs: 2, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.Routers[0].Routes(s_second).Length == 3);
        int dead = lab.HolderOf(s_first)!.Value;
        DateTimeOffset since = lab.Routers[0].Session(s_second).EstablishedTime!.Value;
        lab.Agents[dead].Kill();
        TimeSpan killed = lab.Now;

        await lab.UntilAsync("another node has it", () => lab.HolderOf(s_first) is { } holder && holder != dead);
        // Its lease was renewed up to two seconds before.
        Assert.InRange(lab.Now - killed, TimeSpan.FromSeconds(13), TimeSpan.FromSeconds(35));
        string[] left = [.. from node in (int[])[0, 1, 2] where node != dead select $"10.100.0.0/32 {AgentCluster.NodeAddress(node)}"];
        await lab.UntilAsync("the router has the others", () => lab.FloatingIPs.All(ip => lab.Routers[0].Session(ip).State == BgpSessionState.Established && lab.Routers[0].Routes(ip).SequenceEqual(left)));
        // The other floating IP did not notice.
        Assert.Equal((since, 0L), (lab.Routers[0].Session(s_second).EstablishedTime, lab.Routers[0].Session(s_second).Flaps));
        await lab.PassAsync(TimeSpan.FromSeconds(3));
        BgpSessionResource session = (await lab.SessionsAsync()).Single(session => s_first.Equals(session.FloatingIP));
        Assert.Equal((lab.Agents[lab.HolderOf(s_first)!.Value].Name, "Established"), (session.NodeName, session.Status!.State));
    }

    [Fact]
    public async Task A_new_peer_gets_its_sessions_and_the_others_keep_theirs()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 2, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        DateTimeOffset?[] since = [.. lab.FloatingIPs.Select(ip => lab.Routers[0].Session(ip).EstablishedTime)];

        _ = await lab.Store.CreateAsync(AgentCluster.Peer(1), Cancelled);
        await lab.UntilAsync("the second router has its sessions and routes", () => lab.FloatingIPs.All(ip => lab.Routers[1].Session(ip).State == BgpSessionState.Established && lab.Routers[1].Routes(ip).Length == 2));
        Assert.Equal(since, lab.FloatingIPs.Select(ip => lab.Routers[0].Session(ip).EstablishedTime));

        _ = await lab.Store.DeleteAsync<BgpPeerResource>(AgentCluster.Namespace, "peer-1", null, Cancelled);
        await lab.UntilAsync("they end", () => lab.FloatingIPs.All(ip => lab.Routers[1].Session(ip).State != BgpSessionState.Established));
        Assert.Equal(since, lab.FloatingIPs.Select(ip => lab.Routers[0].Session(ip).EstablishedTime));
        Assert.All(lab.FloatingIPs, ip => Assert.Equal(0, lab.Routers[0].Session(ip).Flaps));
    }

    [Fact]
    public async Task While_the_store_is_away_for_a_while_nothing_changes_and_then_floating_IPs_drop_gracefully()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 2, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.FloatingIPs.All(ip => lab.Routers[0].Routes(ip).Length == 2));
        lab.SetStoreAway(true);
        await lab.PassAsync(TimeSpan.FromSeconds(8), () => Assert.All(lab.FloatingIPs, ip => Assert.Equal((BgpSessionState.Established, 0L), (lab.Routers[0].Session(ip).State, lab.Routers[0].Session(ip).Flaps))));
        Assert.All(lab.Agents, agent => Assert.Equal((false, "The store is away."), (agent.Agent.Status.StoreReachable, agent.Agent.Status.Problem)));
        lab.SetStoreAway(false);
        await lab.PassAsync(TimeSpan.FromSeconds(20));
        Assert.All(lab.FloatingIPs, ip => Assert.Equal((BgpSessionState.Established, 0L, 2), (lab.Routers[0].Session(ip).State, lab.Routers[0].Session(ip).Flaps, lab.Routers[0].Routes(ip).Length)));
        Assert.All(lab.Agents, agent => Assert.Null(agent.Agent.Status.Problem));

        int?[] holders = [.. lab.FloatingIPs.Select(lab.HolderOf)];
        lab.SetStoreAway(true);
        await lab.UntilAsync("all have dropped their addresses", () => lab.FloatingIPs.All(ip => lab.HolderOf(ip) is null), TimeSpan.FromSeconds(12.5));
        await lab.PassAsync(TimeSpan.FromSeconds(48), () => Assert.All(lab.FloatingIPs, ip => Assert.Null(lab.HolderOf(ip))));
        // Routers with graceful restart keep the routes of a session that ends so.
        Assert.Equal(0, lab.Routers[0].Notifications);
        Assert.All(lab.Agents, agent => Assert.Equal(1, agent.Agent.Status.Routes));

        lab.SetStoreAway(false);
        await lab.UntilAsync("all is back", () => lab.FloatingIPs.All(ip => lab.Routers[0].Session(ip).State == BgpSessionState.Established && lab.Routers[0].Routes(ip).Length == 2), TimeSpan.FromSeconds(10));
        Assert.Equal(holders, lab.FloatingIPs.Select(lab.HolderOf));
    }

    [Fact]
    public async Task A_planned_restart_tells_routers_nothing_and_the_successor_goes_on_at_once()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 1, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.Routers[0].Routes(s_first).Length == 2);
        int holder = lab.HolderOf(s_first)!.Value;
        LabAgent before = lab.Agents[holder];

        before.Agent.RequestPlannedRestart();
        await lab.UntilAsync("the agent has ended", () => before.Running.IsCompleted, TimeSpan.FromSeconds(5));
        Assert.Equal(holder, lab.HolderOf(s_first));
        Assert.Equal("node-" + holder, (await LeaseAsync(lab, LeaseNames.OfFloatingIP(s_first))).Holder);
        Assert.Equal("node-" + holder, (await LeaseAsync(lab, LeaseNames.OfNode("node-" + holder))).Holder);
        Assert.False(before.Agent.Status.Running);

        lab.Restart(holder);
        await lab.UntilAsync("the session is back", () => lab.Routers[0].Session(s_first).State == BgpSessionState.Established && lab.Routers[0].Routes(s_first).Length == 2, TimeSpan.FromSeconds(5));
        Assert.Equal((holder, 0), (lab.HolderOf(s_first), lab.Routers[0].Notifications));
    }

    [Fact]
    public async Task An_agent_that_starts_while_no_node_is_ready_announces_what_the_one_before_did()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 1, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.Routers[0].Routes(s_first).Length == 2);
        // A fault of the control plane: nodes first, and with them whatever runs on them.
        foreach (string name in (string[])["node-0", "node-1"])
        {
            NodeResource node = (await lab.Store.GetAsync<NodeResource>("", name, Cancelled))!;
            _ = await lab.Store.UpdateStatusAsync(node with { Ready = false }, Cancelled);
        }

        await lab.PassAsync(TimeSpan.FromSeconds(1));
        _ = await lab.ChangeAsync<EndpointSliceResource>("default", "api-1", slice => slice with { ReadyEndpoints = 0 });
        // The last one to be seen well was alone, and stays.
        await lab.PassAsync(TimeSpan.FromSeconds(5));
        Assert.NotEmpty(lab.Routers[0].Routes(s_first));

        int holder = lab.HolderOf(s_first)!.Value;
        LabAgent before = lab.Agents[holder];
        before.Agent.RequestPlannedRestart();
        await lab.UntilAsync("the agent has ended", () => before.Running.IsCompleted, TimeSpan.FromSeconds(5));
        lab.Restart(holder);
        await lab.UntilAsync("the session is back", () => lab.Routers[0].Session(s_first).State == BgpSessionState.Established && lab.Routers[0].Routes(s_first).Length == 2, TimeSpan.FromSeconds(5));
        Assert.Equal(0, lab.Routers[0].Notifications);
    }

    [Fact]
    public async Task When_the_Cluster_is_deleted_everything_is_withdrawn_and_comes_off()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 2, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.Routers[0].Routes(s_first).Length == 2);

        _ = await lab.Store.DeleteAsync<ClusterResource>(AgentCluster.Namespace, "c1", null, Cancelled);
        await lab.UntilAsync("no node has a floating IP", () => lab.FloatingIPs.All(ip => lab.HolderOf(ip) is null), TimeSpan.FromSeconds(5));
        await lab.PassAsync(TimeSpan.FromSeconds(2));
        Assert.All(lab.FloatingIPs, ip => Assert.NotEqual(BgpSessionState.Established, lab.Routers[0].Session(ip).State));
        Assert.All(lab.Agents, agent => Assert.Equal((0, "There is no Cluster in the namespace."), (agent.Agent.Status.Routes, agent.Agent.Status.Problem)));
        Assert.Null(await lab.Store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, LeaseNames.OfFloatingIP(s_first), Cancelled));
    }

    [Fact]
    public async Task An_agent_that_is_stopped_withdraws_gives_everything_back_and_another_node_goes_on()
    {
        await using AgentLab lab = new(nodes: 2, floatingIPs: 1, routers: 1, AgentCluster.Service("api"));
        await lab.StartAsync();
        await lab.UntilAsync("all routes", () => lab.Routers[0].Routes(s_first).Length == 2);
        int holder = lab.HolderOf(s_first)!.Value;
        TimeSpan stopped = lab.Now;

        lab.Agents[holder].Stop();
        await lab.UntilAsync("the agent has ended", () => lab.Agents[holder].Running.IsCompleted, TimeSpan.FromSeconds(5));
        await lab.Routers[0].Notified();
        Assert.Equal(1, lab.Routers[0].Notifications);
        Assert.Equal("", (await LeaseAsync(lab, LeaseNames.OfNode("node-" + holder))).Holder);
        await lab.UntilAsync("the other node has it", () => lab.HolderOf(s_first) == 1 - holder, TimeSpan.FromSeconds(5));
        await lab.UntilAsync("its session is up", () => lab.Routers[0].Routes(s_first) is [{ } only] && only == $"10.100.0.0/32 {AgentCluster.NodeAddress(1 - holder)}", TimeSpan.FromSeconds(15));
        Assert.True(lab.Now - stopped < TimeSpan.FromSeconds(15), "Others wait for leases that were given back.");
    }

    private static async Task<LeaseResource> LeaseAsync(AgentLab lab, string name) => (await lab.Store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, name, Cancelled))!;
}

/// <summary>Alone, because the lab looks at how busy the process is.</summary>
[CollectionDefinition(nameof(AgentLab), DisableParallelization = true)]
public sealed class AgentLabCollection;
