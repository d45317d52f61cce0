using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>What nobody foresaw (a fault of the store's client, an object that makes no sense, a bug) ends neither the controller nor the rest of a pass, and is said (R38).</summary>
public sealed class ControllerFaultTests : IDisposable
{
    private static readonly ControllerSettings s_withoutAgents = new() { NodeLeaseDuration = TimeSpan.FromDays(10_000) };

    private readonly ManifestClusterStore _store = Stores.Empty();
    private readonly FaultyStore _faulty;

    public ControllerFaultTests() => _faulty = new(_store);

    public void Dispose() => _faulty.Dispose();

    [Fact]
    public async Task A_write_that_fails_by_a_bug_holds_up_nothing_else_and_is_tried_again()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("a"), Snapshots.Service("b")));
        _faulty.Refuses = resource => resource is ServiceResource { Metadata.Name: "a" };
        _faulty.Refusal = new InvalidOperationException("A bug.");
        await using RunningController running = new(Stores.SelfManaged(_faulty), s_withoutAgents);
        await running.PassTimeUntilAsync(Routes(routes => routes is [{ ServiceName: "b" }]));
        // A write that was long under way when the clock went on has to be tried again as well.
        await running.PassTimeUntilAsync(() => running.Controller.Status.Failing == 1);
        _faulty.Refuses = _ => false;
        await running.PassTimeUntilAsync(Routes(routes => routes.Count == 2));
        Assert.Contains(running.Reports, report => report.Subject == "Service default/a" && report.Error!.Contains("InvalidOperationException: A bug.", StringComparison.Ordinal));
        await running.PassTimeUntilAsync(() => running.Controller.Status.Failing == 0);
    }

    [Fact]
    public async Task A_write_that_gets_no_answer_holds_up_the_others_for_ten_seconds_at_most()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("a"), Snapshots.Service("b")));
        _faulty.Hangs = resource => resource is ServiceResource { Metadata.Name: "a" };
        await using RunningController running = new(Stores.SelfManaged(_faulty), s_withoutAgents);
        await running.PassTimeUntilAsync(Routes(routes => routes is [{ ServiceName: "b" }]));
        await running.PassTimeUntilAsync(() => running.Reports.Any(report => report.Subject == "Service default/a" && report.Error == "No answer within 10 s."));
    }

    [Fact]
    public async Task Objects_that_make_no_sense_hold_up_no_other()
    {
        ServiceResource former = Snapshots.Service("former") with { IsLoadBalancer = false };
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, Snapshots.Service("a"), Snapshots.Service("z"), former));
        await new ReconciliationPass(_store, "cluster-c1").RunAsync(_ => { }, Stores.Token);
        _faulty.Shows = resource => resource switch
        {
            BgpAdvertisedRouteResource { ServiceName: "a" } route => route with { NextHops = default },
            ServiceResource { Metadata.Name: "former" } service => service with { Addresses = default },
            _ => resource,
        };
        await using RunningController running = new(Stores.SelfManaged(_faulty), s_withoutAgents);
        ServiceResource later = Snapshots.Service("later");
        await Stores.PutAsync(_store, later);
        await Stores.PutAsync(_store, Snapshots.Slice(later));
        _ = await Routes(routes => routes.Count == 3);
        await Stores.TrueAsync(() => running.Controller.Status.Problem is not null);
        Assert.Equal("Service default/former: NullReferenceException: Object reference not set to an instance of an object. (and 1 more)", running.Controller.Status.Problem);
        Assert.Contains(running.Reports, report => report.Level == ControlEventLevel.Warning && report.Message == running.Controller.Status.Problem);

        _faulty.Shows = resource => resource;
        _ = await Stores.ChangeAsync<ServiceResource>(_store, "default", "former", service => service with { RequestedAddress = "10.0.0.9" });
        _ = await Stores.ChangeAsync<BgpAdvertisedRouteResource>(_store, "kube-system", "default-default-a", route => route with { NextHops = [] });
        _ = await Routes(routes => routes.All(route => route.NextHops.Length == 3));
        await running.PassTimeUntilAsync(() => running.Controller.Status.Problem is null);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_made_is_said_and_made_when_it_can_be()
    {
        ManifestClusterStore user = Stores.Empty(2);
        using FaultyStore faulty = new(user) { Shows = resource => resource is ServiceResource { Metadata.Name: "bad" } service ? service with { Addresses = default } : resource };
        ClusterSnapshot snapshot = Snapshots.Cluster(2, 1, 1);
        await Stores.FillAsync(_store, snapshot with { Nodes = [] });
        foreach (NodeResource node in snapshot.Nodes) await Stores.PutAsync(user, Stores.WithAnnotation(node));
        await Stores.PutAsync(user, Snapshots.Service("bad"));
        await using RunningController running = new(new(_store, faulty, "cluster-c1"), s_withoutAgents);
        // What needs no plan goes on.
        _ = await Stores.UntilAsync<BgpPeerResource>(user, peers => peers.Count == 1);
        await Stores.TrueAsync(() => running.Controller.Status.Problem is not null);
        Assert.StartsWith("The plan: ", running.Controller.Status.Problem, StringComparison.Ordinal);

        _ = await user.DeleteAsync<ServiceResource>("default", "bad", null, Stores.Token);
        await running.PassTimeUntilAsync(Stores.UntilAsync<BgpSessionResource>(user, sessions => sessions.Count == 1));
        await running.PassTimeUntilAsync(() => running.Controller.Status.Problem is null);
        Assert.Equal(1, running.Controller.Status.Sessions);
    }

    [Fact]
    public async Task What_changed_while_no_plan_could_be_made_is_not_forgotten()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1, Snapshots.Service("web")));
        _faulty.Shows = resource => resource is ServiceResource { Metadata.Name: "bad" } service ? service with { Addresses = default } : resource;
        await using RunningController running = new(Stores.SelfManaged(_faulty), s_withoutAgents);
        _ = await Routes(routes => routes.Count == 1);
        await running.AtRestAsync();
        ServiceResource[] later = [.. Snapshots.Services(50)];
        foreach (ServiceResource service in later) await Stores.PutAsync(_store, Snapshots.Slice(service));
        await running.AtRestAsync();
        // Some of them are seen together with the bad one.
        foreach (ServiceResource service in (ServiceResource[])[.. later[..25], Snapshots.Service("bad"), .. later[25..]]) _ = await _store.CreateAsync(service, Stores.Token);
        await Stores.TrueAsync(() => running.Controller.Status.Problem is not null);
        await running.AtRestAsync();
        _ = await _store.DeleteAsync<ServiceResource>("default", "bad", null, Stores.Token);
        await running.PassTimeUntilAsync(Routes(routes => routes.Count == 51));
    }

    [Fact]
    public async Task A_watch_that_fails_by_a_bug_begins_anew()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(2, 1, 1));
        _faulty.Shows = resource => resource is ServiceResource ? throw new InvalidOperationException("A bug.") : resource;
        await using RunningController running = new(Stores.SelfManaged(_faulty), s_withoutAgents);
        _ = await Stores.UntilAsync<BgpSessionResource>(_store, sessions => sessions.Count == 1);
        ServiceResource web = Snapshots.Service("web");
        await Stores.PutAsync(_store, Snapshots.Slice(web));
        await Stores.PutAsync(_store, web);
        await Stores.TrueAsync(() => running.Controller.Status.Problem is not null);
        Assert.Equal("Service objects are not seen: InvalidOperationException: A bug.", running.Controller.Status.Problem);

        _faulty.Shows = resource => resource;
        await running.PassTimeUntilAsync(Routes(routes => routes.Count == 1));
        await running.PassTimeUntilAsync(() => running.Controller.Status.Problem is null);
    }

    [Fact]
    public async Task Who_leads_no_more_says_so_even_when_he_could_not_begin()
    {
        _faulty.Away = true;
        await using RunningController running = new(new(_faulty, _store, "cluster-c1"));
        await Stores.TrueAsync(() => running.Controller.Status.Problem is not null);
        Assert.True(running.Controller.Status.Leading);
        Assert.Equal("The UID of the admin cluster cannot be read; it is tried again: The store is away.", running.Controller.Status.Problem);
        await running.LoseAsync();
        Assert.Equal((false, null), (running.Controller.Status.Leading, running.Controller.Status.Problem));
    }

    [Fact]
    public async Task Nothing_is_written_after_the_lead_is_lost()
    {
        await Stores.FillAsync(_store, Snapshots.Cluster(3, 1, 1, [.. Snapshots.Services(40)]));
        _faulty.Hangs = _ => true;
        await using RunningController running = new(Stores.SelfManaged(_faulty), s_withoutAgents);
        await Stores.TrueAsync(() => _faulty.Asked.Count == 8);
        await running.LoseAsync();
        Assert.Equal(8, _faulty.Asked.Count);
        Assert.All((await _store.ListAsync<ServiceResource>(null, Stores.Token)).Items, service => Assert.Empty(service.Addresses));
    }

    private Task<IReadOnlyList<BgpAdvertisedRouteResource>> Routes(Func<IReadOnlyList<BgpAdvertisedRouteResource>, bool> condition) => Stores.UntilAsync(_store, condition);
}
