using System.Management.Automation;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>Pools of addresses for services: added, never removed (R34).</summary>
public sealed class AddressPoolTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public AddressPoolTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void An_added_pool_is_there_beside_the_others()
    {
        BgpAddressPool added = _shell.One<BgpAddressPool>("Add-BgpAddressPool pool2 10.9.9.0/24, 2001:db8:9::1-2001:db8:9::20 -AvoidBuggyIPs");
        Assert.Equal(("pool2", true, false, _cluster.Name), (added.Name, added.AvoidBuggyIPs, added.ManualAssign, added.Cluster));
        Assert.Equal(["10.9.9.0/24", "2001:db8:9::1-2001:db8:9::20"], added.Address);
        Assert.Equal(["pool1", "pool2"], Names("Get-BgpAddressPool"));
        Assert.Equal(["pool2"], Names("Get-BgpAddressPool *2"));
        Assert.Equal(["pool1"], Names("'pool1' | Get-BgpAddressPool"));
        Assert.Equal(["pool1", "pool2"], Names($"Get-BgpCluster {_cluster.Name} | Get-BgpAddressPool"));
        Assert.Equal("BgpAddressPoolNotFound", _shell.Fail("Get-BgpAddressPool pool9"));
    }

    [Fact]
    public void Rows_of_a_table_are_pools_their_values_text()
    {
        _shell.Run("""
            [pscustomobject]@{ Name = 'pool2'; Address = '10.9.1.0/24, 10.9.2.1-10.9.2.9'; AvoidBuggyIPs = 'false'; ManualAssign = 'True' },
            [pscustomobject]@{ Name = 'pool3'; Address = '10.9.3.0/24'; AvoidBuggyIPs = ''; ManualAssign = '' } | Add-BgpAddressPool
            """);
        BgpAddressPool second = _shell.One<BgpAddressPool>("Get-BgpAddressPool pool2");
        Assert.Equal((2, false, true), (second.Address.Count, second.AvoidBuggyIPs, second.ManualAssign));
        BgpAddressPool third = _shell.One<BgpAddressPool>("Get-BgpAddressPool pool3");
        Assert.Equal((1, false, false), (third.Address.Count, third.AvoidBuggyIPs, third.ManualAssign));
    }

    [Fact]
    public void A_pool_of_one_cluster_becomes_one_of_another()
    {
        using TestCluster other = new(_shell);
        _shell.Run($"Add-BgpAddressPool pool2 10.9.9.0/24 -ManualAssign -Cluster {_cluster.Name}");
        BgpAddressPool copy = _shell.One<BgpAddressPool>($"Get-BgpAddressPool pool2 -Cluster {_cluster.Name} | Add-BgpAddressPool -Cluster {other.Name}");
        Assert.Equal((other.Name, true, "10.9.9.0/24"), (copy.Cluster, copy.ManualAssign, Assert.Single(copy.Address)));
    }

    [Theory]
    [InlineData("BgpConfigurationRule", "pool2 10.0.0.4-10.0.0.7", "overlaps 10.0.0.1-10.0.0.4 of the pool 'pool1'")]
    [InlineData("BgpConfigurationRule", "pool2 10.0.0.8/32", "control plane's virtual IP")]
    [InlineData("BgpConfigurationRule", "pool2 10.0.1.0/24", "10.0.1.10 (a node's address)")]
    [InlineData("BgpConfigurationRule", "pool1 10.9.9.0/24", "Two pools are named 'pool1'")]
    [InlineData("BgpInvalidArgument", "pool2 10.9.9.9-10.9.9.1", "10.9.9.1-10.9.9.9")]
    [InlineData("BgpInvalidArgument", "pool2 10.9.9.9", "10.9.9.9/32")]
    [InlineData("BgpInvalidArgument", "pool2 10.9.9.9/24", "10.9.9.0/24")]
    public void What_cannot_be_is_refused_with_the_reason(string id, string arguments, string reason)
    {
        string before = _shell.State();
        ErrorRecord error = _shell.Invoke($"Add-BgpAddressPool {arguments}").Errors[0];
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _shell.State());
    }

    private string[] Names(string script) => [.. _shell.Run(script).Select(item => Assert.IsType<BgpAddressPool>(item).Name)];
}
