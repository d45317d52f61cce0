using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <content>Objects are created, read, updated and deleted.</content>
public abstract partial class ClusterStoreContract
{
    [Fact]
    public async Task A_created_object_is_there_with_a_uid_and_a_version()
    {
        string space = await NewNamespaceAsync();
        Assert.Null(await Store.GetAsync<BgpPeerResource>(space, "peer", Stop));
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        Assert.False(string.IsNullOrEmpty(created.Metadata.Uid));
        Assert.False(string.IsNullOrEmpty(created.Metadata.ResourceVersion));
        Assert.Equal(Description.OfContent(Samples.Peer(space, "peer")), Description.OfContent(created));
        Assert.Equal(Description.Of(created), Description.Of(await StoredAsync(created)));
    }

    [Fact]
    public async Task An_object_is_found_only_under_its_kind_namespace_and_name()
    {
        (string space, string other) = (await NewNamespaceAsync(), await NewNamespaceAsync());
        await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        Assert.Null(await Store.GetAsync<BgpPeerResource>(space, "peer2", Stop));
        Assert.Null(await Store.GetAsync<BgpPeerResource>(other, "peer", Stop));
        Assert.Null(await Store.GetAsync<LeaseResource>(space, "peer", Stop));
        BgpPeerResource namesake = await Store.CreateAsync(Samples.Peer(other, "peer"), Stop);
        Assert.True(await Store.DeleteAsync<BgpPeerResource>(space, "peer", null, Stop));
        Assert.Equal(Description.Of(namesake), Description.Of(await StoredAsync(namesake)));
    }

    [Fact]
    public async Task The_uid_and_version_of_a_copy_are_its_own()
    {
        (string space, string other) = (await NewNamespaceAsync(), await NewNamespaceAsync());
        BgpPeerResource original = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        BgpPeerResource copy = await Store.CreateAsync(original with { Metadata = original.Metadata with { Namespace = other } }, Stop);
        Assert.NotEqual(original.Metadata.Uid, copy.Metadata.Uid);
        Assert.NotEqual(original.Metadata.ResourceVersion, copy.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task An_object_cannot_be_created_twice()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        Assert.Equal(StoreError.AlreadyExists, await ErrorOfAsync(() => Store.CreateAsync(Samples.Peer(space, "peer") with { LocalAsn = 65009 }, Stop)));
        Assert.Equal(Description.Of(created), Description.Of(await StoredAsync(created)));
    }

    [Fact]
    public async Task A_name_that_Kubernetes_does_not_take_is_refused()
    {
        string space = await NewNamespaceAsync();
        Assert.Equal(StoreError.Invalid, await ErrorOfAsync(() => Store.CreateAsync(Samples.Peer(space, "Peer_1"), Stop)));
    }

    [Fact]
    public async Task A_list_has_the_objects_of_a_namespace_or_of_all()
    {
        (string space, string other) = (await NewNamespaceAsync(), await NewNamespaceAsync());
        BgpPeerResource[] created =
        [
            await Store.CreateAsync(Samples.Peer(space, "one"), Stop),
            await Store.CreateAsync(Samples.Peer(space, "two"), Stop),
            await Store.CreateAsync(Samples.Peer(other, "three"), Stop),
        ];
        ResourceList<BgpPeerResource> ofOne = await Store.ListAsync<BgpPeerResource>(space, Stop);
        ResourceList<BgpPeerResource> ofAll = await Store.ListAsync<BgpPeerResource>(null, Stop);
        Assert.Equal(Texts(created.Take(2)), Texts(ofOne.Items));
        Assert.Equal(Texts(created), Texts(ofAll.Items.Where(peer => peer.Metadata.Namespace == space || peer.Metadata.Namespace == other)));
        Assert.False(string.IsNullOrEmpty(ofOne.ResourceVersion));
        Assert.Empty((await Store.ListAsync<LeaseResource>(space, Stop)).Items);
    }

    [Fact]
    public async Task An_update_replaces_fields_labels_and_annotations_and_keeps_the_uid()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, second: false), Stop);
        BgpPeerResource wanted = Samples.Peer(space, second: true) with { Metadata = Samples.Peer(space, second: true).Metadata with { Name = created.Metadata.Name, ResourceVersion = created.Metadata.ResourceVersion } };
        BgpPeerResource updated = await Store.UpdateAsync(wanted, Stop);
        Assert.Equal(created.Metadata.Uid, updated.Metadata.Uid);
        Assert.NotEqual(created.Metadata.ResourceVersion, updated.Metadata.ResourceVersion);
        Assert.Equal(Description.OfContent(wanted), Description.OfContent(updated));
        Assert.Equal(Description.Of(updated), Description.Of(await StoredAsync(updated)));
    }

    [Fact]
    public async Task A_stale_update_is_refused()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        BgpPeerResource updated = await Store.UpdateAsync(created with { HoldTime = 9 }, Stop);
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.UpdateAsync(created with { HoldTime = 12 }, Stop)));
        // Nor does it help that it wants what is there by now.
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.UpdateAsync(created with { HoldTime = 9 }, Stop)));
        Assert.Equal(Description.Of(updated), Description.Of(await StoredAsync(updated)));
    }

    [Fact]
    public async Task What_never_was_cannot_be_updated()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource other = await Store.CreateAsync(Samples.Peer(space, "other"), Stop);
        BgpPeerResource missing = Samples.Peer(space, "peer");
        missing = missing with { Metadata = missing.Metadata with { ResourceVersion = other.Metadata.ResourceVersion } };
        Assert.Equal(StoreError.NotFound, await ErrorOfAsync(() => Store.UpdateAsync(missing, Stop)));
        Assert.Null(await Store.GetAsync<BgpPeerResource>(space, "peer", Stop));
    }

    [Fact]
    public async Task An_update_without_a_version_is_refused()
    {
        string space = await NewNamespaceAsync();
        LeaseResource created = await Store.CreateAsync(Samples.Lease(space, "lease", "node-01"), Stop);
        LeaseResource blind = created with { Holder = "node-02", Metadata = created.Metadata with { ResourceVersion = null } };
        Assert.Equal(StoreError.Invalid, await ErrorOfAsync(() => Store.UpdateAsync(blind, Stop)));
        Assert.Equal(Description.Of(created), Description.Of(await StoredAsync(created)));
    }

    [Fact]
    public async Task An_update_that_changes_nothing_keeps_the_version_and_is_no_change()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, second: false), Stop);
        await using WatchReader<BgpPeerResource> watch = new(Store, space, created.Metadata.ResourceVersion!, Patience, Stop);
        // Made anew, so that no list or map is the same object.
        BgpPeerResource same = Samples.Peer(space, second: false);
        BgpPeerResource updated = await Store.UpdateAsync(same with { Metadata = same.Metadata with { ResourceVersion = created.Metadata.ResourceVersion } }, Stop);
        Assert.Equal(Description.Of(created), Description.Of(updated));
        await watch.ExpectAsync(ResourceChangeKind.Modified, await Store.UpdateAsync(updated with { Prepend = 3 }, Stop));
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        Assert.True(await Store.DeleteAsync<BgpPeerResource>(space, "peer", null, Stop));
        Assert.False(await Store.DeleteAsync<BgpPeerResource>(space, "peer", null, Stop));
        Assert.False(await Store.DeleteAsync<BgpPeerResource>(space, "peer", created.Metadata.ResourceVersion, Stop));
        Assert.Null(await Store.GetAsync<BgpPeerResource>(space, "peer", Stop));
        Assert.Empty((await Store.ListAsync<BgpPeerResource>(space, Stop)).Items);
        // An API server that is told the UID calls it a conflict: both mean that it has to be read again.
        Assert.Contains(await ErrorOfAsync(() => Store.UpdateAsync(created with { HoldTime = 9 }, Stop)), new[] { StoreError.NotFound, StoreError.Conflict });
    }

    [Fact]
    public async Task A_version_that_is_stale_is_not_deleted()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource created = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        BgpPeerResource updated = await Store.UpdateAsync(created with { HoldTime = 9 }, Stop);
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.DeleteAsync<BgpPeerResource>(space, "peer", created.Metadata.ResourceVersion, Stop)));
        Assert.Equal(Description.Of(updated), Description.Of(await StoredAsync(updated)));
        Assert.True(await Store.DeleteAsync<BgpPeerResource>(space, "peer", updated.Metadata.ResourceVersion, Stop));
        Assert.Null(await Store.GetAsync<BgpPeerResource>(space, "peer", Stop));
    }

    [Fact]
    public async Task An_object_that_is_created_again_is_another_one()
    {
        string space = await NewNamespaceAsync();
        BgpPeerResource first = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        await Store.DeleteAsync<BgpPeerResource>(space, "peer", null, Stop);
        BgpPeerResource second = await Store.CreateAsync(Samples.Peer(space, "peer"), Stop);
        Assert.NotEqual(first.Metadata.Uid, second.Metadata.Uid);
        Assert.NotEqual(first.Metadata.ResourceVersion, second.Metadata.ResourceVersion);
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.UpdateAsync(first with { HoldTime = 9 }, Stop)));
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.DeleteAsync<BgpPeerResource>(space, "peer", first.Metadata.ResourceVersion, Stop)));
        Assert.Equal(Description.Of(second), Description.Of(await StoredAsync(second)));
    }

    private static string[] Texts(IEnumerable<Resource> resources) => [.. resources.OrderBy(resource => resource.Metadata.Name, StringComparer.Ordinal).Select(Description.Of)];
}
