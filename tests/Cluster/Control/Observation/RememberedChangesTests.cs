using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Tests.Planning;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control.Observation;

/// <summary>What a cache remembers of changes, for a planner that wants only those.</summary>
public sealed class RememberedChangesTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Changes_are_kept_only_for_somebody_who_asks(bool keeps, int kept)
    {
        ResourceCache<NodeResource> cache = new(new ObservationHub(new FakeTimeProvider(), new Random(1), _ => { })) { KeepsChanges = keeps };
        NodeResource node = Snapshots.Node(1) with { Metadata = Snapshots.Meta("node-001") with { ResourceVersion = "1" } };
        cache.Replace([node]);
        cache.Change(new(ResourceChangeKind.Modified, node with { Metadata = node.Metadata with { ResourceVersion = "2" } }));

        // One key, however often it has changed.
        Assert.Equal(kept, cache.TakeChanged().Length);
        Assert.Empty(cache.TakeChanged());
        Assert.Equal("2", Assert.Single(cache.All).Metadata.ResourceVersion);
    }
}
