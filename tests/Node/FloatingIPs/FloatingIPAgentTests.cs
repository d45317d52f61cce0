using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>The loops around the state machine, over the embedded store.</summary>
public sealed class FloatingIPAgentTests
{
    private const int Limit = 30_000;

    [Fact(Timeout = Limit)]
    public async Task The_named_agent_takes_a_free_lease_holds_renews_and_lets_go_of_everything()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        FloatingIPAgent agent = await bench.StartUp("a");
        LeaseResource held = (await bench.Lease())!;
        Assert.Equal(("a", 15, 1), (held.Holder, held.DurationSeconds, held.Transitions));

        await bench.Advance(2);
        await bench.Expect("a hold");
        LeaseResource renewed = (await bench.Lease())!;
        Assert.Equal((held.AcquireTime, TimeSpan.FromSeconds(2)), (renewed.AcquireTime, renewed.RenewTime - held.RenewTime));
        FloatingIPSnapshot snapshot = Assert.Single(agent.GetSnapshots());
        Assert.Equal((FloatingIPPlacement.Here, FloatingIPPhase.Up), (snapshot.Placement, snapshot.Phase));

        await agent.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        await bench.Expect("a close Withdraw", "a remove");
        Assert.Null((await bench.Lease())!.Holder);
        Assert.Empty(agent.GetSnapshots());
    }

    [Fact(Timeout = Limit)]
    public async Task Sessions_wait_until_the_address_was_announced_once()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease();
        // Time enough for who does not wait.
        bench.Announce = async _ =>
        {
            for (int i = 0; i < 1000; i++) await Task.Yield();
            bench.Note("a is known");
        };
        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.Expect("a remove", "a probe", "a hold", "a announce", "a is known", "a open");
    }

    [Fact(Timeout = Limit)]
    public async Task An_announcement_that_fails_is_reported_and_keeps_no_session_back()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease();
        bench.Failure = call => call == "a announce" ? new NodeNetworkException("No link.", NodeNetworkFault.InterfaceDown) : null;
        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.Expect("a remove");
        await bench.ExpectUp("a");
        Assert.Contains("No link.", await bench.ExpectReport(FloatingIPReportKind.HostFailed), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task From_an_address_that_goes_before_it_was_announced_no_session_starts()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease();
        bench.Announce = token => Task.Delay(Timeout.Infinite, token);
        FloatingIPAgent agent = bench.Start("a");
        agent.Place(AgentBench.Group("a"));
        await bench.Expect("a remove", "a probe", "a hold", "a announce");
        agent.Place(AgentBench.Group("b"));
        await bench.Expect("a close Graceful", "a remove");
    }

    [Fact(Timeout = Limit)]
    public async Task A_floating_IP_moves_when_another_agent_is_named()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease();
        FloatingIPAgent first = bench.Start("a");
        FloatingIPAgent second = bench.Start("b");
        first.Place(AgentBench.Group("a"));
        await bench.Expect("a remove");
        await bench.ExpectUp("a");
        second.Place(AgentBench.Group("a"));
        await bench.Expect("b remove");

        first.Place(AgentBench.Group("b"));
        await bench.Expect("a close Graceful", "a remove");
        second.Place(AgentBench.Group("b"));
        await bench.ExpectUp("b");
        Assert.Equal("b", (await bench.Lease())!.Holder);
    }

    [Fact(Timeout = Limit)]
    public async Task The_lease_of_a_silent_holder_is_taken_after_its_duration()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease(holder: "dead");
        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.Expect("a remove");
        await bench.ExpectReport(FloatingIPReportKind.Waiting);
        await bench.Advance(15);
        await bench.ExpectUp("a");
    }

    [Fact(Timeout = Limit)]
    public async Task A_renewal_counts_from_when_it_was_sent_however_late_its_answer_comes()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        _ = await bench.StartUp("a");
        DateTimeOffset? taken = (await bench.Lease())!.RenewTime;
        TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Store.Underway = answered.Task;
        await bench.Advance(2);
        while ((await bench.Lease())!.RenewTime == taken) await Task.Yield();
        bench.Time.Advance(TimeSpan.FromSeconds(1.5));
        answered.SetResult();
        await bench.Expect("a hold");
        Assert.Equal(10.5, bench.Left.TotalSeconds, 0.001);
    }

    [Fact(Timeout = Limit)]
    public async Task Without_the_store_the_address_is_dropped_in_time_and_comes_back_with_the_store()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        _ = await bench.StartUp("a");
        bench.Store.Answer = StoreAnswer.Unavailable;
        await bench.Advance(12);
        await bench.ExpectBoth("a close Graceful", "a remove");
        Assert.Empty(bench.On);
        await bench.ExpectReport(FloatingIPReportKind.StoreFailed);

        bench.Store.Answer = StoreAnswer.Normal;
        // The store's next turn, or the end of the pause after a lifetime that was over before it could be refreshed.
        await bench.Advance(2);
        await bench.ExpectUp("a");
        Assert.Equal("a", (await bench.Lease())!.Holder);
    }

    [Fact(Timeout = Limit)]
    public async Task A_planned_restart_leaves_the_address_to_the_next_agent_which_never_removes_it()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease();
        FloatingIPAgent before = bench.Start("a");
        before.Place(AgentBench.Group("a"));
        await bench.Expect("a remove");
        await bench.ExpectUp("a");
        await before.StopAsync(BgpStopMode.PlannedRestart, TestContext.Current.CancellationToken);
        await bench.Expect("a close Graceful");
        Assert.Equal("a", (await bench.Lease())!.Holder);
        Assert.Equal(["a"], bench.On);

        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.ExpectUp("a");
    }

    [Fact(Timeout = Limit)]
    public async Task A_floating_IP_that_leaves_the_group_takes_its_lease_with_it()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        FloatingIPAgent agent = await bench.StartUp("a");
        agent.Place(null);
        await bench.Expect("a close Withdraw", "a remove");
        await agent.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(await bench.Lease());
    }

    [Fact(Timeout = Limit)]
    public async Task A_lease_from_before_a_restart_whose_floating_IP_is_gone_is_cleaned_up()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease(holder: "a");
        FloatingIPAgent agent = bench.Start("a");
        agent.Place(null);
        await bench.Expect("a remove");
        await agent.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(await bench.Lease());
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_that_is_answered_is_reported_and_the_lease_released()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken) { Probe = (_, _) => Task.FromResult<string?>("02:00:00:00:00:01 on eth0") };
        await bench.FreeLease();
        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.Expect("a remove", "a probe", "a remove");
        Assert.Contains("02:00:00:00:00:01", await bench.ExpectReport(FloatingIPReportKind.AddressInUse), StringComparison.Ordinal);
        Assert.Empty(bench.On);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_under_way_does_not_hold_up_a_stop()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken) { Probe = Hang };
        await bench.FreeLease();
        FloatingIPAgent agent = bench.Start("a");
        agent.Place(AgentBench.Group("a"));
        await bench.Expect("a remove", "a probe");
        await agent.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        await bench.Expect("a remove");
        Assert.Null((await bench.Lease())!.Holder);
    }

    [Fact(Timeout = Limit)]
    public async Task A_host_that_fails_as_nobody_expected_is_reported_and_tried_again_like_any_other()
    {
        int probes = 0;
        await using AgentBench bench = new(TestContext.Current.CancellationToken) { Probe = (_, _) => ++probes == 1 ? throw new InvalidOperationException("a fault of the host's") : Task.FromResult<string?>(null) };
        await bench.FreeLease();
        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.Expect("a remove", "a probe", "a remove");
        Assert.Contains("a fault of the host's", await bench.ExpectReport(FloatingIPReportKind.HostFailed), StringComparison.Ordinal);
        await bench.Advance(2);
        await bench.ExpectUp("a");
    }

    [Fact(Timeout = Limit)]
    public async Task A_store_client_that_is_broken_costs_the_address_no_sooner_than_a_store_that_is_away()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        _ = await bench.StartUp("a");
        bench.Store.Answer = StoreAnswer.Broken;
        await bench.Advance(2);
        Assert.Contains("The client is broken.", await bench.ExpectReport(FloatingIPReportKind.StoreFailed), StringComparison.Ordinal);
        await bench.Advance(10);
        await bench.ExpectBoth("a close Graceful", "a remove");

        bench.Store.Answer = StoreAnswer.Normal;
        // The store's next turn, or the end of the pause after a lifetime that was over before it could be refreshed.
        await bench.Advance(2);
        await bench.ExpectUp("a");
    }

    [Fact(Timeout = Limit)]
    public async Task Leases_are_watched_again_after_what_nobody_expected()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease(holder: "a");
        bench.Store.Answer = StoreAnswer.Broken;
        FloatingIPAgent agent = bench.Start("a");
        agent.Place(null);
        Assert.Contains("The client is broken.", await bench.ExpectReport(FloatingIPReportKind.StoreFailed), StringComparison.Ordinal);
        bench.Store.Answer = StoreAnswer.Normal;
        await bench.Advance(1);
        // One from before, of a floating IP that is gone.
        await bench.Expect("a remove");
    }

    [Fact(Timeout = Limit)]
    public async Task What_nobody_expected_is_reported_and_the_floating_IP_begins_anew()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await FailToOpenAsync(bench);
        bench.Failure = _ => null;
        await bench.Advance(2);
        await bench.ExpectUp("a");
    }

    [Fact(Timeout = Limit)]
    public async Task After_what_nobody_expected_sessions_do_not_outlive_the_address()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        FloatingIPAgent agent = await FailToOpenAsync(bench);
        agent.Place(AgentBench.Group("b"));
        await bench.Advance(2);
        await bench.ExpectBoth("a close Graceful", "a remove");
        Assert.Empty(bench.On);
    }

    [Fact(Timeout = Limit)]
    public async Task A_stop_lets_go_of_everything_even_after_what_nobody_expected()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        FloatingIPAgent agent = await FailToOpenAsync(bench);
        Task stopping = agent.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        await bench.Advance(2);
        await stopping;
        await bench.ExpectBoth("a close Withdraw", "a remove");
        Assert.Null((await bench.Lease())!.Holder);
        Assert.Empty(agent.GetSnapshots());
    }

    [Fact(Timeout = Limit)]
    public async Task A_stop_that_is_cancelled_leaves_everything_to_the_kernel_and_to_the_lease()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        FloatingIPAgent agent = await bench.StartUp("a");
        bench.Store.Answer = StoreAnswer.None;
        using CancellationTokenSource hurry = new();
        Task stopping = agent.StopAsync(cancellationToken: hurry.Token);
        await bench.Expect("a close Withdraw", "a remove");
        await hurry.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);
        Assert.Equal("a", (await bench.Lease())!.Holder);
    }

    private static async Task<FloatingIPAgent> FailToOpenAsync(AgentBench bench)
    {
        bench.Failure = call => call == "a open" ? new InvalidOperationException("a fault of the sessions'") : null;
        FloatingIPAgent agent = await bench.StartUp("a");
        Assert.Contains("a fault of the sessions'", await bench.ExpectReport(FloatingIPReportKind.HostFailed), StringComparison.Ordinal);
        return agent;
    }

    private static async Task<string?> Hang(string node, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return null;
    }
}
