using System.Management.Automation;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>The cluster's floating IPs.</summary>
public sealed class GatewayGroupTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public GatewayGroupTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void It_says_what_the_floating_IPs_are()
    {
        NetworkGatewayGroup group = _shell.One<NetworkGatewayGroup>("Get-NetworkGatewayGroup");
        Assert.Equal(("default", _cluster.Name), (group.Name, group.Cluster));
        Assert.Equal(["10.0.1.100", "10.0.1.101"], Addresses(group));
        Assert.Equal("NetworkGatewayGroupNotFound", _shell.Fail("Get-NetworkGatewayGroup other"));
    }

    [Theory]
    [InlineData("-AddFloatingIPAddress 10.0.1.102", "10.0.1.100 10.0.1.101 10.0.1.102")]
    [InlineData("-AddFloatingIPAddress 10.0.1.102, 10.0.1.103", "10.0.1.100 10.0.1.101 10.0.1.102 10.0.1.103")]
    [InlineData("-RemoveFloatingIPAddress 10.0.1.100", "10.0.1.101")]
    [InlineData("-AddFloatingIPAddress 10.0.1.102 -RemoveFloatingIPAddress 10.0.1.100", "10.0.1.101 10.0.1.102")]
    [InlineData("10.0.1.105, 10.0.1.106", "10.0.1.105 10.0.1.106")]
    [InlineData("'10.0.1.105, 10.0.1.106'", "10.0.1.105 10.0.1.106")]
    public void Set_changes_all_of_them_or_some(string arguments, string after)
    {
        Assert.Equal(after.Split(' '), Addresses(_shell.One<NetworkGatewayGroup>($"Set-NetworkGatewayGroup {arguments} -PassThru 3> $null")));
        Assert.Equal(after.Split(' '), Addresses(_shell.One<NetworkGatewayGroup>("Get-NetworkGatewayGroup")));
    }

    [Fact]
    public void Set_takes_no_address_from_the_pipeline()
    {
        NetworkGatewayGroup group = _shell.One<NetworkGatewayGroup>("[pscustomobject]@{ Name = 'default'; FloatingIPAddress = '10.0.1.7' } | Set-NetworkGatewayGroup -AddFloatingIPAddress 10.0.1.102 -PassThru");
        Assert.Equal(["10.0.1.100", "10.0.1.101", "10.0.1.102"], Addresses(group));
        Assert.Equal("BgpParameterMissing", _shell.Fail("Get-NetworkGatewayGroup | Set-NetworkGatewayGroup"));
    }

    [Fact]
    public void It_is_removed_with_a_warning_and_made_again()
    {
        NetworkGatewayGroup removed = _shell.One<NetworkGatewayGroup>("Remove-NetworkGatewayGroup -PassThru -WarningVariable warned 3> $null");
        Assert.Contains("no floating IP could start a session", string.Join(' ', _shell.Run("$warned")), StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-NetworkGatewayGroup"));
        _shell.Run("$group = [pscustomobject]@{ FloatingIPAddress = '10.0.1.100,10.0.1.101' }");
        Assert.Equal(Addresses(removed), Addresses(_shell.One<NetworkGatewayGroup>("$group | New-NetworkGatewayGroup")));
    }

    [Theory]
    [InlineData("BgpConfigurationRule", "Set-NetworkGatewayGroup -AddFloatingIPAddress 10.0.1.100", "listed twice")]
    [InlineData("BgpConfigurationRule", "Set-NetworkGatewayGroup -AddFloatingIPAddress 10.0.1.10", "a node's address")]
    [InlineData("BgpConfigurationRule", "Set-NetworkGatewayGroup -AddFloatingIPAddress 10.77.0.1", "in no node's subnet")]
    [InlineData("BgpConfigurationRule", "Set-NetworkGatewayGroup -AddFloatingIPAddress 2001:db8::1", "IPv4 only")]
    [InlineData("BgpConfigurationRule", "Set-NetworkGatewayGroup @()", "is empty")]
    [InlineData("BgpFloatingIPNotFound", "Set-NetworkGatewayGroup -RemoveFloatingIPAddress 10.0.1.7 -AddFloatingIPAddress 10.0.1.8", "It has: 10.0.1.100, 10.0.1.101.")]
    [InlineData("BgpParameterMissing", "Set-NetworkGatewayGroup", "-AddFloatingIPAddress")]
    [InlineData("ParameterArgumentTransformationError", "Set-NetworkGatewayGroup 10.0.1", "is not an IP address")]
    [InlineData("NetworkGatewayGroupExists", "New-NetworkGatewayGroup 10.0.1.7", "Set-NetworkGatewayGroup")]
    [InlineData("NetworkGatewayGroupNotFound", "Remove-NetworkGatewayGroup other", "It has: default.")]
    public void What_cannot_be_is_refused_with_the_reason(string id, string command, string reason)
    {
        string before = _shell.State();
        ErrorRecord error = _shell.Invoke($"{command} 3> $null").Errors[0];
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, _shell.State());
    }

    private static string[] Addresses(NetworkGatewayGroup group) => [.. group.FloatingIPAddress.Select(address => address.ToString())];
}
