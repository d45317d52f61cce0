using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Commands.NodeAgents;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

public sealed class ThisHostTests
{
    private static readonly IPAddress[] Host = [IPAddress.Loopback, IPAddress.Parse("10.0.1.10"), IPAddress.Parse("2001:db8::10"), IPAddress.Parse("fe80::1%3")];

    [Theory]
    [InlineData("10.0.1.10", true)]
    [InlineData("10.0.1.11", false)]
    [InlineData("10.0.1.11 2001:db8::10", true)]
    [InlineData("10.0.1.11 2001:db8::11", false)]
    [InlineData("fe80::1", true)]
    [InlineData("127.0.5.10", true)]
    [InlineData("", true)]
    public void A_node_whose_addresses_are_known_is_the_host_that_has_one_of_them(string addresses, bool maybe)
    {
        NodeResource node = new() { Metadata = new() { Name = "node-1" }, InternalIPs = [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)] };
        Assert.Equal(maybe, ThisHost.MayBe(node, Host));
    }

    [Fact]
    public void Floating_ips_that_loopback_cannot_have_are_warned_of_once()
    {
        using Shell shell = new();
        using ExampleClusters clusters = new(shell);
        _ = clusters.Connect("separate-planes");
        string[] said = [.. shell.Run("Get-BgpNode node-0[45] | Start-BgpNodeAgent -Loopback 3>&1").Select(item => $"{item}")];
        _ = shell.Run("Stop-BgpNodeAgent *");
        Assert.Equal(3, said.Length);
        Assert.StartsWith("No node on loopback can hold 10.0.3.100, 10.0.3.101: they lie outside 127.0.0.0/8", said[0], StringComparison.Ordinal);
        Assert.Equal(["node-04", "node-05"], said[1..]);
    }

    [Fact]
    public void The_agent_of_another_host_is_not_started_here()
    {
        using Shell shell = new();
        using ExampleClusters clusters = new(shell);
        string file = Path.Combine(clusters.Copy("same-peers"), "nodes.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("address: 10.0.1.10", "address: 198.51.100.77", StringComparison.Ordinal));
        _ = clusters.Connect(Path.GetDirectoryName(file)!);
        ErrorRecord error = Assert.Single(shell.Invoke("Start-BgpNodeAgent node-01").Errors);
        Assert.Equal("BgpNodeNotThisHost", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("Node node-01 is not this host, which does not have its address (198.51.100.77).", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(shell.Run("Get-BgpNodeAgent"));
    }
}
