using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <content>Every kind, with all that its record says.</content>
public abstract partial class ClusterStoreContract
{
    private static readonly Dictionary<string, Func<ClusterStoreContract, Task>> s_kinds = new()
    {
        // What is there of a Cluster may mostly not be changed (R34).
        ["Cluster"] = contract => contract.ComesBackAsync(Samples.Cluster, changes: false),
        ["NetworkGatewayGroup"] = contract => contract.ComesBackAsync<NetworkGatewayGroupResource>(Samples.Gateways),
        ["BGPLoadBalancer"] = contract => contract.ComesBackAsync(Samples.LoadBalancer),
        ["BGPPeer"] = contract => contract.ComesBackAsync<BgpPeerResource>(Samples.Peer),
        ["ClusterCIDRConfig"] = contract => contract.ComesBackAsync(Samples.CidrConfig),
        ["BGPSession"] = contract => contract.ComesBackAsync(Samples.Session),
        ["BGPAdvertisedRoute"] = contract => contract.ComesBackAsync(Samples.Route),
        ["Secret"] = contract => contract.ComesBackAsync(Samples.Secret),
        ["Lease"] = contract => contract.ComesBackAsync<LeaseResource>(Samples.Lease),
        // Others' objects: their labels, annotations and status are all that is ever written.
        ["Node"] = contract => contract.ComesBackAsync(Samples.Node, changes: false),
        ["Service"] = contract => contract.ComesBackAsync(Samples.Service, changes: false),
        ["EndpointSlice"] = contract => contract.ComesBackAsync(Samples.EndpointSlice, changes: false),
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Every_kind_comes_back_with_all_that_it_says(string kind) => s_kinds[kind](this);

    [Fact]
    public async Task A_service_keeps_its_class()
    {
        Assert.SkipWhen(WhyNot(StoreFeature.LoadBalancerClass) is not null, WhyNot(StoreFeature.LoadBalancerClass) ?? "");
        string space = await NewNamespaceAsync();
        ServiceResource made = await MakeAsync(Samples.Service(space, second: false) with { LoadBalancerClass = "example.com/other" });
        Assert.Equal("example.com/other", (await StoredAsync(made)).LoadBalancerClass);
    }

    [Fact]
    public async Task A_service_keeps_its_address_families()
    {
        Assert.SkipWhen(WhyNot(StoreFeature.DualStack) is not null, WhyNot(StoreFeature.DualStack) ?? "");
        string space = await NewNamespaceAsync();
        ServiceResource both = await MakeAsync(Samples.Service(space, second: false) with { WantsIPv6 = true });
        ServiceResource six = await MakeAsync(Samples.Service(space, second: true) with { WantsIPv4 = false, WantsIPv6 = true });
        (both, six) = (await StoredAsync(both), await StoredAsync(six));
        Assert.True(both.WantsIPv4 && both.WantsIPv6);
        Assert.True(!six.WantsIPv4 && six.WantsIPv6);
    }

    [Fact]
    public async Task A_node_shows_the_addresses_of_its_annotation()
    {
        string space = await NewNamespaceAsync();
        NodeResource made = await MakeAsync(Samples.Node(space, second: false));
        NodeResource other = Samples.Node(space, second: true);
        NodeResource updated = await Store.UpdateAsync(made with { Metadata = made.Metadata with { Annotations = other.Metadata.Annotations } }, Stop);
        Assert.Equal(Description.Of(other.InterfaceAddresses), Description.Of(updated.InterfaceAddresses));
        updated = await Store.UpdateAsync(updated with { Metadata = updated.Metadata with { Annotations = updated.Metadata.Annotations.Remove(NodeResource.AddressesAnnotation) } }, Stop);
        Assert.Empty(updated.InterfaceAddresses);
    }

    /// <param name="changes">The first may become the second.</param>
    private async Task ComesBackAsync<T>(Func<string, bool, T> sample, bool changes = true)
        where T : Resource
    {
        string space = await NewNamespaceAsync();
        (T first, T second) = (sample(space, false), sample(space, true));
        string version = (await Store.ListAsync<T>(null, Stop)).ResourceVersion;
        await using WatchReader<T> watch = new(Store, null, version, Patience, Stop);
        Func<T, bool> ours = resource => resource.Metadata.Namespace == first.Metadata.Namespace && resource.Metadata.Name == first.Metadata.Name;

        T made = await MakeAsync(first);
        await SeenAsync(ResourceChangeKind.Added, made, Merge(first, null));
        if (ResourceStatus.IsPartOf(first))
        {
            made = await Store.UpdateStatusAsync(At(first, made), Stop);
            await SeenAsync(ResourceChangeKind.Modified, made, first);
            // All differs, and only the status may be written.
            made = await Store.UpdateStatusAsync(At(second, made), Stop);
            await SeenAsync(ResourceChangeKind.Modified, made, Merge(first, second));
            made = await Store.UpdateStatusAsync(At(first, made), Stop);
            await SeenAsync(ResourceChangeKind.Modified, made, first);
        }

        if (changes)
        {
            made = await Store.UpdateAsync(At(second, made), Stop);
            T expected = At(Merge(second, first), made);
            await SeenAsync(ResourceChangeKind.Modified, made, expected);
        }
        else
        {
            await MakeAsync(second);
            Assert.Equal(Description.OfContent(Merge(second, null)), Description.OfContent(await StoredAsync(second)));
        }

        Assert.True(await Store.DeleteAsync<T>(made.Metadata.Namespace, made.Metadata.Name, made.Metadata.ResourceVersion, Stop));
        ResourceChange<T> deletion = await watch.NextAsync(ours);
        Assert.Equal(ResourceChangeKind.Deleted, deletion.Kind);
        Assert.Equal(Description.OfContent(made), Description.OfContent(deletion.Resource));

        async Task SeenAsync(ResourceChangeKind kind, T now, T expected)
        {
            Assert.Equal(Description.OfContent(expected), Description.OfContent(now));
            Assert.Equal(Description.Of(now), Description.Of(await StoredAsync(now)));
            Assert.Contains(Description.Of(now), (await Store.ListAsync<T>(null, Stop)).Items.Select(Description.Of));
            await watch.ExpectAsync(kind, now, ours);
        }
    }

    /// <summary>The one, with the status of the other.</summary>
    private static T Merge<T>(T resource, T? status)
        where T : Resource => (T)(status is null ? ResourceStatus.Without(resource) : ResourceStatus.Take(resource, status));

    /// <summary>What the one says, to be written over the other.</summary>
    private static T At<T>(T resource, T stored)
        where T : Resource => resource with { Metadata = resource.Metadata with { Name = stored.Metadata.Name, Uid = stored.Metadata.Uid, ResourceVersion = stored.Metadata.ResourceVersion } };
}
