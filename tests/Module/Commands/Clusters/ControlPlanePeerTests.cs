using System.Management.Automation;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>Entries of the Cluster's bgpPeers.</summary>
public sealed class ControlPlanePeerTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public ControlPlanePeerTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void They_are_found_by_address_system_and_node()
    {
        Assert.Equal(["10.8.0.10", "10.8.0.11"], Peers("Get-BgpControlPlanePeer"));
        Assert.Equal(["10.8.0.11"], Peers("Get-BgpControlPlanePeer 10.8.0.11"));
        Assert.Equal(["10.8.0.11", "10.8.0.10"], Peers("'10.8.0.11', '10.8.0.10' | Get-BgpControlPlanePeer"));
        Assert.Equal(["10.8.0.10"], Peers("[pscustomobject]@{ PeerIPAddress = '10.8.0.10' } | Get-BgpControlPlanePeer"));
        Assert.Equal(["10.8.0.10"], Peers("Get-BgpControlPlanePeer -ControlPlaneNode 10.0.1.12"));
        Assert.Empty(_shell.Run("Get-BgpControlPlanePeer -PeerASN 65009"));
        Assert.Equal("BgpControlPlanePeerNotFound", _shell.Fail("Get-BgpControlPlanePeer 10.8.0.99"));
        BgpControlPlanePeer limited = _shell.One<BgpControlPlanePeer>("Get-BgpControlPlanePeer 10.8.0.11");
        Assert.Equal((65_002u, 179, _cluster.Name), (limited.PeerASN, limited.Port, limited.Cluster));
        Assert.Equal(["10.0.1.10", "10.0.1.11"], limited.ControlPlaneNode!.Select(node => node.ToString()));
        Assert.Null(_shell.One<BgpControlPlanePeer>("Get-BgpControlPlanePeer 10.8.0.10").ControlPlaneNode);
    }

    [Fact]
    public void Several_are_added_in_one_pipeline_and_in_one_command()
    {
        Assert.Equal(["10.8.0.12", "10.8.0.13"], Peers("'10.8.0.12', '10.8.0.13' | Add-BgpControlPlanePeer -PeerASN 65002"));
        Assert.Equal(["10.8.0.14", "10.8.0.15"], Peers("Add-BgpControlPlanePeer 10.8.0.14, 10.8.0.15 65002 -Port 1790"));
        Assert.Equal(["10.8.0.10", "10.8.0.11", "10.8.0.12", "10.8.0.13", "10.8.0.14", "10.8.0.15"], Peers("Get-BgpControlPlanePeer"));
        Assert.Equal(1790, _shell.One<BgpControlPlanePeer>("Get-BgpControlPlanePeer 10.8.0.15").Port);
    }

    [Fact]
    public void Rows_of_a_table_are_peers_their_values_text()
    {
        _shell.Run("""
            [pscustomobject]@{ PeerIPAddress = '10.8.0.12'; PeerASN = '65002'; ControlPlaneNode = '10.0.1.10, 10.0.1.12'; Port = '1790' },
            [pscustomobject]@{ PeerIPAddress = '10.8.0.13'; PeerASN = '4200000000'; ControlPlaneNode = ''; Port = '' } | Add-BgpControlPlanePeer
            """);
        BgpControlPlanePeer first = _shell.One<BgpControlPlanePeer>("Get-BgpControlPlanePeer 10.8.0.12");
        Assert.Equal(("10.0.1.10 10.0.1.12", 1790), (string.Join(' ', first.ControlPlaneNode!), first.Port));
        BgpControlPlanePeer second = _shell.One<BgpControlPlanePeer>("Get-BgpControlPlanePeer 10.8.0.13");
        Assert.Equal((4_200_000_000u, null, 179), (second.PeerASN, second.ControlPlaneNode, second.Port));
    }

    [Fact]
    public void Those_of_one_cluster_become_those_of_another()
    {
        using TestCluster other = new(_shell, manifests => manifests.Replace("10.8.0.", "10.8.1.", StringComparison.Ordinal));
        Assert.Equal(["10.8.0.10", "10.8.0.11"], Peers($"Get-BgpControlPlanePeer -Cluster {_cluster.Name} | Add-BgpControlPlanePeer -Cluster {other.Name}"));
        Assert.Equal(["10.8.1.10", "10.8.1.11", "10.8.0.10", "10.8.0.11"], Peers($"Get-BgpCluster {other.Name} | Get-BgpControlPlanePeer"));
        Assert.Equal("10.0.1.10 10.0.1.11", string.Join(' ', _shell.One<BgpControlPlanePeer>($"Get-BgpControlPlanePeer 10.8.0.11 -Cluster {other.Name}").ControlPlaneNode!));
    }

    [Fact]
    public void Removed_ones_are_gone_and_no_node_is_left_alone()
    {
        _shell.Run("Add-BgpControlPlanePeer 10.8.0.12 65002");
        Assert.Equal(["10.8.0.11"], Peers("Get-BgpControlPlanePeer 10.8.0.11 | Remove-BgpControlPlanePeer -PassThru"));
        Result result = _shell.Invoke("Get-BgpControlPlanePeer | Remove-BgpControlPlanePeer 3> $null");
        Assert.Contains("(R11)", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal(["10.8.0.12"], Peers("Get-BgpControlPlanePeer"));
    }

    [Fact]
    public void Of_two_on_one_router_the_one_in_the_pipeline_is_removed()
    {
        _shell.Run("Add-BgpControlPlanePeer 10.8.0.10 65002 -Port 1790");
        _shell.Run("Get-BgpControlPlanePeer 10.8.0.10 | Where-Object Port -EQ 1790 | Remove-BgpControlPlanePeer");
        Assert.Equal(179, _shell.One<BgpControlPlanePeer>("Get-BgpControlPlanePeer 10.8.0.10").Port);
    }

    [Theory]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 10.8.0.10 65002", "listed twice")]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 10.8.0.12 65001", "eBGP")]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 2001:db8::1 65002", "(R4)")]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 10.8.0.12 0", "bgpPeers[2].asn")]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 10.8.0.12 65002 -Port 70000", "from 1 to 65535")]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 10.8.0.12 65002 -ControlPlaneNode 10.0.1.99", "not a control-plane node")]
    [InlineData("BgpConfigurationRule", "Add-BgpControlPlanePeer 10.0.0.8 65002", "the control plane's virtual IP")]
    [InlineData("BgpConfigurationRule", "Remove-BgpControlPlanePeer 10.8.0.10", "10.0.1.12 is left with no peer")]
    [InlineData("BgpConfigurationRule", "Remove-BgpControlPlanePeer 10.8.0.10, 10.8.0.11", "no BGP peer")]
    [InlineData("BgpControlPlanePeerNotFound", "Remove-BgpControlPlanePeer 10.8.0.99", "It has: 10.8.0.10, 10.8.0.11.")]
    public void What_cannot_be_is_refused_with_the_reason(string id, string command, string reason)
    {
        string before = _shell.State();
        ErrorRecord error = _shell.Invoke($"{command} 3> $null").Errors[0];
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _shell.State());
    }

    private string[] Peers(string script) => [.. _shell.Run(script).Select(item => Assert.IsType<BgpControlPlanePeer>(item).PeerIPAddress.ToString())];
}
