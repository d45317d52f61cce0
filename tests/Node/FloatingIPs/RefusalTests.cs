using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>Others than the agent's log tell why an address is not on its node: its lease, which is free then, says so (R19).</summary>
public sealed class RefusalTests
{
    private const int Limit = 30_000;

    [Fact(Timeout = Limit)]
    public async Task Why_an_address_was_not_taken_stands_on_its_lease_until_it_is_taken()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        await bench.FreeLease();
        string? stranger = "02:42:ac:11:00:02 on eth0";
        bench.Probe = (_, _) => Task.FromResult<string?>(stranger);
        bench.Start("a").Place(AgentBench.Group("a"));
        await bench.Expect("a remove", "a probe", "a remove");
        LeaseResource lease = await LeaseAsync(bench, holder: null);
        Assert.Equal("a: The address is in use by 02:42:ac:11:00:02 on eth0, so it is not added.", lease.Metadata.Annotations[LeaseNames.RefusalAnnotation]);

        stranger = null;
        await bench.Advance(2);
        await bench.ExpectUp("a");
        Assert.Empty((await LeaseAsync(bench, "a")).Metadata.Annotations);
    }

    [Fact(Timeout = Limit)]
    public async Task What_is_given_up_in_order_says_nothing()
    {
        await using AgentBench bench = new(TestContext.Current.CancellationToken);
        FloatingIPAgent agent = await bench.StartUp("a");
        await agent.StopAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty((await LeaseAsync(bench, holder: null)).Metadata.Annotations);
    }

    private static async Task<LeaseResource> LeaseAsync(AgentBench bench, string? holder)
    {
        LeaseResource lease;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            lease = (await bench.Lease())!;
        }
        // The first holder of all: nobody had it before the first probe either.
        while (lease.Holder != holder || lease.Transitions == 0);
        return lease;
    }
}
