using System.Management.Automation;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>Which BGPPeers serve.</summary>
public sealed class LoadBalancerTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public LoadBalancerTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void It_says_what_it_selects()
    {
        PowerShell.Models.BgpLoadBalancer balancer = One("Get-BgpLoadBalancer");
        Assert.Equal(("default", "true", _cluster.Name), (balancer.Name, balancer.PeerSelector["serves"], balancer.Cluster));
        Assert.Equal("default", One("'default' | Get-BgpLoadBalancer").Name);
        Assert.Equal("default", One($"Get-BgpCluster {_cluster.Name} | Get-BgpLoadBalancer").Name);
        Assert.Equal("BgpLoadBalancerNotFound", _shell.Fail("Get-BgpLoadBalancer other"));
        Assert.Empty(_shell.Run("Get-BgpLoadBalancer o*"));
    }

    [Fact]
    public void It_is_removed_and_made_again()
    {
        Assert.Equal("default", One("Remove-BgpLoadBalancer -PassThru 3> $null").Name);
        Assert.Empty(_shell.Run("Get-BgpLoadBalancer"));
        Assert.Equal("BgpLoadBalancerNotFound", _shell.Fail("Remove-BgpLoadBalancer"));
        Assert.Equal("true", One("New-BgpLoadBalancer @{ serves = $true }").PeerSelector["serves"]);
        Assert.Equal("BgpLoadBalancerExists", _shell.Fail("New-BgpLoadBalancer @{ serves = $true }"));
    }

    [Fact]
    public void It_goes_from_one_cluster_to_another()
    {
        using TestCluster other = new(_shell);
        _shell.Run($"Remove-BgpLoadBalancer -Cluster {other.Name} 3> $null");
        Assert.Equal(other.Name, One($"Get-BgpLoadBalancer -Cluster {_cluster.Name} | New-BgpLoadBalancer -Cluster {other.Name}").Cluster);
        Assert.Empty(_shell.Run($"Get-BgpCluster {other.Name} | Remove-BgpLoadBalancer 3> $null"));
        Assert.Single(_shell.Run($"Get-BgpLoadBalancer -Cluster {_cluster.Name}"));
        Assert.Empty(_shell.Run($"Get-BgpLoadBalancer -Cluster {other.Name}"));
    }

    [Fact]
    public void Set_replaces_the_selector()
    {
        PowerShell.Models.BgpLoadBalancer balancer = One("Get-BgpLoadBalancer | Set-BgpLoadBalancer rack=r1 -PassThru 3> $null");
        Assert.Equal(("r1", 1), (balancer.PeerSelector["rack"], balancer.PeerSelector.Count));
        // The selector of an object in the pipeline is not what was typed.
        Assert.Equal("r1", One("[pscustomobject]@{ Name = 'default'; PeerSelector = 'serves=true' } | Set-BgpLoadBalancer -PeerSelector rack=r1 -PassThru").PeerSelector["rack"]);
    }

    [Theory]
    [InlineData("BgpConfigurationRule", "Set-BgpLoadBalancer @{}", "The selector is empty.")]
    [InlineData("BgpConfigurationRule", "Set-BgpLoadBalancer other=1", "matches no BGPPeer")]
    [InlineData("ParameterArgumentTransformationError", "Set-BgpLoadBalancer tor1", "'tor1' is not a label")]
    [InlineData("BgpLoadBalancerNotFound", "Set-BgpLoadBalancer serves=true -Name other", "It has: default.")]
    [InlineData("BgpConfigurationRule", "New-BgpLoadBalancer serves=true -Name other", "Name it default.")]
    [InlineData("BgpLoadBalancerExists", "New-BgpLoadBalancer serves=true", "Set-BgpLoadBalancer")]
    [InlineData("BgpClusterNotFound", "Remove-BgpLoadBalancer -Cluster nobody", "nobody")]
    public void What_cannot_be_is_refused_with_the_reason(string id, string command, string reason)
    {
        string before = _shell.State();
        ErrorRecord error = Assert.Single(_shell.Invoke(command).Errors);
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _shell.State());
    }

    private PowerShell.Models.BgpLoadBalancer One(string script) => _shell.One<PowerShell.Models.BgpLoadBalancer>(script);
}
