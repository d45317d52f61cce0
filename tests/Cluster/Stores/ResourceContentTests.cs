using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.StoreContract;

namespace BgpLoadBalancer.Cluster.Tests.Stores;

/// <summary>Content is compared in every field of every kind, lists and maps included.</summary>
public sealed class ResourceContentTests
{
    private static readonly Func<bool, Resource>[] s_samples =
    [
        second => Samples.Cluster("a", second), second => Samples.Gateways("a", second), second => Samples.LoadBalancer("a", second), second => Samples.Peer("a", second),
        second => Samples.CidrConfig("a", second), second => Samples.Session("a", second), second => Samples.Route("a", second), second => Samples.Node("a", second),
        second => Samples.Service("a", second), second => Samples.EndpointSlice("a", second), second => Samples.Secret("a", second), second => Samples.Lease("a", second),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, s_samples.Length)];

    [Fact]
    public void There_is_a_sample_of_every_kind() =>
        Assert.Equal(StoredKind.All.Select(kind => kind.Name).Order(), s_samples.Select(sample => StoredKind.Of(sample(false).GetType()).Name).Order());

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_made_twice_is_the_same(int sample)
    {
        Assert.True(ResourceContent.Same(s_samples[sample](false), s_samples[sample](false)));
        Assert.True(ResourceContent.Same(s_samples[sample](true), s_samples[sample](true)));
        Assert.False(ResourceContent.Same(s_samples[sample](false), s_samples[sample](true)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_difference_in_any_field_counts(int sample)
    {
        Resource first = s_samples[sample](false);
        Resource second = s_samples[sample](true);
        foreach (PropertyInfo property in Fields(first))
        {
            object? other = property.GetValue(second);
            // Of the fields in which the samples are alike, a value that is not the first's.
            if (Equals(Description.Of(property.GetValue(first)), Description.Of(other))) other = property.GetValue(first) is bool flag ? !flag : "other";
            Resource changed = s_samples[sample](false);
            property.SetValue(changed, other);
            Assert.False(ResourceContent.Same(first, changed), property.Name);
            Assert.NotEqual(Description.Of(first), Description.Of(changed));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_parts_that_say_the_same_are_shared(int sample)
    {
        Resource first = s_samples[sample](false);
        Resource shared = ResourceContent.Share(s_samples[sample](false), first);
        foreach (PropertyInfo property in Fields(first).Where(property => property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string)))
        {
            Assert.Equal(property.GetValue(first), property.GetValue(shared), EqualityComparer<object?>.Default);
        }
    }

    [Fact]
    public void A_longer_list_is_another_one()
    {
        BgpPeerResource one = Samples.Peer("a", "peer") with { Communities = ["65001:1"] };
        BgpPeerResource two = one with { Communities = ["65001:1", "65001:2"] };
        Assert.False(ResourceContent.Same(one, two));
        Assert.False(ResourceContent.Same(two, one));
        Assert.False(ResourceContent.Same(one, one with { Communities = [] }));
        Assert.True(ResourceContent.Same(one with { Communities = [] }, one with { Communities = default }));
    }

    [Fact]
    public void Deep_differences_count_too()
    {
        ClusterResource cluster = Samples.Cluster("a", second: false);
        ControlPlanePeer peer = cluster.LoadBalancer.BgpPeers[0];
        AddressPool pool = cluster.LoadBalancer.AddressPools[0];
        LoadBalancerSpec[] others =
        [
            cluster.LoadBalancer with { BgpPeers = [peer with { ControlPlaneNodes = null }, cluster.LoadBalancer.BgpPeers[1]] },
            cluster.LoadBalancer with { AddressPools = [pool with { Addresses = [pool.Addresses[0]] }] },
            cluster.LoadBalancer with { NodePool = ImmutableArray<System.Net.IPAddress>.Empty },
            cluster.LoadBalancer with { NodePool = null },
        ];
        Assert.All(others, other => Assert.False(ResourceContent.Same(cluster, cluster with { LoadBalancer = other })));
    }

    private static IEnumerable<PropertyInfo> Fields(Resource resource) => resource.GetType().GetProperties().Where(property => property.CanWrite);
}
