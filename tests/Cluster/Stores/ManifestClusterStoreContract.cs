using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.StoreContract;

namespace BgpLoadBalancer.Cluster.Tests.Stores;

/// <summary>The embedded store does what a store has to.</summary>
public sealed class ManifestClusterStoreContract : ClusterStoreContract
{
    private const int HistoryLength = 200;
    private int _namespaces;

    protected override IClusterStore Store { get; } = new ManifestClusterStore(new() { Seed = 1, HistoryLength = HistoryLength });

    protected override Task<string> NewNamespaceAsync() => Task.FromResult($"space-{++_namespaces}");

    protected override async Task ForgetChangesAfterAsync(string version)
    {
        BgpPeerResource peer = await Store.CreateAsync(Samples.Peer("elsewhere", "peer"), Stop);
        for (int i = 0; i < HistoryLength; i++) peer = await Store.UpdateAsync(peer with { Prepend = i % 2 }, Stop);
    }
}
