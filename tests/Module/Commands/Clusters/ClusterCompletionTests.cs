using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>What the Tab key offers of the connected cluster.</summary>
public sealed class ClusterCompletionTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public ClusterCompletionTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpPeer ", "tor1 tor2")]
    [InlineData("Set-BgpPeer -Name T", "tor1 tor2")]
    [InlineData("Remove-BgpPeer tor2", "tor2")]
    [InlineData("Get-BgpLoadBalancer ", "default")]
    [InlineData("Remove-BgpLoadBalancer d", "default")]
    [InlineData("Set-BgpLoadBalancer -Name ", "default")]
    [InlineData("Get-NetworkGatewayGroup ", "default")]
    [InlineData("Set-NetworkGatewayGroup -RemoveFloatingIPAddress ", "10.0.1.100 10.0.1.101")]
    [InlineData("Set-NetworkGatewayGroup -RemoveFloatingIPAddress 10.0.1.101", "10.0.1.101")]
    [InlineData("Get-BgpControlPlanePeer ", "10.8.0.10 10.8.0.11")]
    [InlineData("Remove-BgpControlPlanePeer 10.8.0.11", "10.8.0.11")]
    [InlineData("Add-BgpControlPlanePeer 10.8.0.12 65002 -ControlPlaneNode ", "10.0.1.10 10.0.1.11 10.0.1.12")]
    [InlineData("Get-BgpAddressPool ", "pool1")]
    public void Names_and_addresses_of_the_connected_cluster(string text, string offered) => Assert.Equal(offered.Split(' '), _shell.Complete(text));

    [Fact]
    public void The_cluster_that_is_named_and_not_the_default()
    {
        using TestCluster other = new(_shell, manifests => manifests.Replace("name: tor", "name: router", StringComparison.Ordinal));
        Assert.Equal(["router1", "router2"], _shell.Complete("Get-BgpPeer "));
        Assert.Equal(["tor1", "tor2"], _shell.Complete($"Get-BgpPeer -Cluster {_cluster.Name} -Name "));
        _shell.Run($"$first = Get-BgpCluster {_cluster.Name}");
        Assert.Equal(["tor1", "tor2"], _shell.Complete("Get-BgpPeer -Cluster $first -Name "));
        Assert.DoesNotContain("tor1", _shell.Complete("Get-BgpPeer -Cluster nobody -Name "));
    }
}
