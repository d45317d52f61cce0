using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <content>Leases: what the safety of floating IPs rests on.</content>
public abstract partial class ClusterStoreContract
{
    private const int Contenders = 8;

    [Fact]
    public async Task Of_writers_with_the_same_version_exactly_one_wins()
    {
        string space = await NewNamespaceAsync();
        LeaseResource lease = await Store.CreateAsync(Samples.Lease(space, "bgp-floating-ip-10.0.1.100", null), Stop);
        for (int round = 0; round < 10; round++)
        {
            LeaseResource seen = lease;
            string[] names = [.. Enumerable.Range(0, Contenders).Select(number => $"node-{round}-{number}")];
            LeaseResource?[] results = await Task.WhenAll(names.Select(name => Task.Run(() => TryAsync(() => Store.UpdateAsync(seen with { Holder = name }, Stop), StoreError.Conflict))));
            LeaseResource winner = Assert.Single(results.OfType<LeaseResource>());
            Assert.Contains(winner.Holder, names);
            lease = await StoredAsync(seen);
            Assert.Equal(Description.Of(winner), Description.Of(lease));
        }
    }

    [Fact]
    public async Task Of_many_who_create_a_lease_exactly_one_wins()
    {
        string space = await NewNamespaceAsync();
        string[] names = [.. Enumerable.Range(0, Contenders).Select(number => $"node-{number}")];
        LeaseResource?[] results = await Task.WhenAll(names.Select(name => Task.Run(() => TryAsync(() => Store.CreateAsync(Samples.Lease(space, "lease", name), Stop), StoreError.AlreadyExists))));
        LeaseResource winner = Assert.Single(results.OfType<LeaseResource>());
        Assert.Equal(Description.Of(winner), Description.Of(await StoredAsync(winner)));
    }

    [Fact]
    public async Task A_renewal_makes_a_new_version_and_a_lease_that_is_given_back_has_no_holder()
    {
        string space = await NewNamespaceAsync();
        LeaseResource held = await Store.CreateAsync(Samples.Lease(space, "lease", "node-01") with { RenewTime = DateTimeOffset.UnixEpoch }, Stop);
        LeaseResource renewed = await Store.UpdateAsync(held with { RenewTime = DateTimeOffset.UnixEpoch.AddSeconds(2) }, Stop);
        Assert.NotEqual(held.Metadata.ResourceVersion, renewed.Metadata.ResourceVersion);
        LeaseResource free = await Store.UpdateAsync(renewed with { Holder = "" }, Stop);
        Assert.True(string.IsNullOrEmpty(free.Holder));
        Assert.True(string.IsNullOrEmpty((await StoredAsync(free)).Holder));
    }

    private static async Task<LeaseResource?> TryAsync(Func<Task<LeaseResource>> write, StoreError expected)
    {
        try
        {
            return await write();
        }
        catch (ClusterStoreException refusal) when (refusal.Error == expected)
        {
            return null;
        }
    }
}
