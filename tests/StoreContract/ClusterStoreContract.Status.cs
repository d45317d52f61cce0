using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <content>The status is apart from the rest, and of one version with it.</content>
public abstract partial class ClusterStoreContract
{
    private static FloatingIPStatus OnNode(string node) => new(IPAddress.Parse("10.0.1.100"), node);

    [Fact]
    public async Task An_object_is_created_without_its_status()
    {
        string space = await NewNamespaceAsync();
        NetworkGatewayGroupResource created = await Store.CreateAsync(Samples.Gateways(space, "default") with { Status = [OnNode("node-01")] }, Stop);
        Assert.Empty(created.Status);
        Assert.Empty((await StoredAsync(created)).Status);
    }

    [Fact]
    public async Task A_status_update_writes_the_status_alone()
    {
        string space = await NewNamespaceAsync();
        NetworkGatewayGroupResource created = await Store.CreateAsync(Samples.Gateways(space, "default"), Stop);
        NetworkGatewayGroupResource wanted = created with { Status = [OnNode("node-01")], FloatingIPs = [], Metadata = created.Metadata with { Labels = created.Metadata.Labels.Add("a", "b") } };
        NetworkGatewayGroupResource updated = await Store.UpdateStatusAsync(wanted, Stop);
        Assert.Equal(Description.OfContent(created with { Status = [OnNode("node-01")] }), Description.OfContent(updated));
        Assert.NotEqual(created.Metadata.ResourceVersion, updated.Metadata.ResourceVersion);
        Assert.Equal(created.Metadata.Uid, updated.Metadata.Uid);
        Assert.Equal(Description.Of(updated), Description.Of(await StoredAsync(updated)));
    }

    [Fact]
    public async Task An_update_leaves_the_status_alone()
    {
        string space = await NewNamespaceAsync();
        NetworkGatewayGroupResource created = await Store.CreateAsync(Samples.Gateways(space, "default"), Stop);
        NetworkGatewayGroupResource reported = await Store.UpdateStatusAsync(created with { Status = [OnNode("node-01")] }, Stop);
        NetworkGatewayGroupResource updated = await Store.UpdateAsync(reported with { Status = [], FloatingIPs = [IPAddress.Parse("10.0.1.100")] }, Stop);
        Assert.Equal(Description.OfContent(reported with { FloatingIPs = [IPAddress.Parse("10.0.1.100")] }), Description.OfContent(updated));
        Assert.Equal(Description.Of(updated), Description.Of(await StoredAsync(updated)));
    }

    [Fact]
    public async Task Status_and_the_rest_have_one_version()
    {
        string space = await NewNamespaceAsync();
        NetworkGatewayGroupResource created = await Store.CreateAsync(Samples.Gateways(space, "default"), Stop);
        NetworkGatewayGroupResource reported = await Store.UpdateStatusAsync(created with { Status = [OnNode("node-01")] }, Stop);
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.UpdateAsync(created with { FloatingIPs = [IPAddress.Parse("10.0.1.100")] }, Stop)));
        Assert.Equal(StoreError.Conflict, await ErrorOfAsync(() => Store.UpdateStatusAsync(created with { Status = [OnNode("node-02")] }, Stop)));
        Assert.Equal(Description.Of(reported), Description.Of(await StoredAsync(reported)));
    }

    [Fact]
    public async Task A_status_update_that_changes_nothing_keeps_the_version_and_is_no_change()
    {
        string space = await NewNamespaceAsync();
        NetworkGatewayGroupResource created = await Store.CreateAsync(Samples.Gateways(space, "default"), Stop);
        NetworkGatewayGroupResource reported = await Store.UpdateStatusAsync(created with { Status = [OnNode("node-01")] }, Stop);
        await using WatchReader<NetworkGatewayGroupResource> watch = new(Store, space, created.Metadata.ResourceVersion!, Patience, Stop);
        NetworkGatewayGroupResource again = await Store.UpdateStatusAsync(reported with { Status = [OnNode("node-01")] }, Stop);
        Assert.Equal(Description.Of(reported), Description.Of(again));
        NetworkGatewayGroupResource moved = await Store.UpdateStatusAsync(reported with { Status = [OnNode("node-02")] }, Stop);
        await watch.ExpectAsync(ResourceChangeKind.Modified, reported);
        await watch.ExpectAsync(ResourceChangeKind.Modified, moved);
    }

    [Fact]
    public async Task What_never_was_has_no_status_to_update()
    {
        string space = await NewNamespaceAsync();
        NetworkGatewayGroupResource other = await Store.CreateAsync(Samples.Gateways(space, "other"), Stop);
        NetworkGatewayGroupResource missing = Samples.Gateways(space, "default") with { Status = [OnNode("node-01")] };
        missing = missing with { Metadata = missing.Metadata with { ResourceVersion = other.Metadata.ResourceVersion } };
        Assert.Equal(StoreError.NotFound, await ErrorOfAsync(() => Store.UpdateStatusAsync(missing, Stop)));
    }
}
