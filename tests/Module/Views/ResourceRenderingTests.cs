using System.Text.RegularExpressions;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Views;

/// <summary>What a console of 120 columns shows of a cluster's resources.</summary>
public sealed class ResourceRenderingTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public ResourceRenderingTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpPeer tor1", "Name PeerIPAddress PeerASN LocalASN Sessions Port Label", "tor1 10.9.0.10 65003 65001 2 179 rack=r1,serves=true")]
    [InlineData("Set-BgpPeer tor1 -Sessions $null -PassThru", "Name PeerIPAddress PeerASN LocalASN Sessions Port Label", "tor1 10.9.0.10 65003 65001 all 179 rack=r1,serves=true")]
    [InlineData("Get-BgpLoadBalancer", "Name PeerSelector Cluster", "default serves=true {0}")]
    [InlineData("Get-NetworkGatewayGroup", "Name FloatingIPAddress Cluster", "default 10.0.1.100, 10.0.1.101 {0}")]
    [InlineData("Get-BgpControlPlanePeer 10.8.0.10", "PeerIPAddress PeerASN Port ControlPlaneNode Cluster", "10.8.0.10 65002 179 all {0}")]
    [InlineData("Get-BgpControlPlanePeer 10.8.0.11", "PeerIPAddress PeerASN Port ControlPlaneNode Cluster", "10.8.0.11 65002 179 10.0.1.10, 10.0.1.11 {0}")]
    [InlineData("Get-BgpAddressPool", "Name Address AvoidBuggyIPs ManualAssign Cluster", "pool1 10.0.0.1-10.0.0.4 False False {0}")]
    public void A_table_shows_names_and_values(string command, string header, string row)
    {
        string[] lines = _shell.Render(command);
        Assert.Equal(header, Squeeze(lines[0]));
        Assert.Equal(string.Format(null, row, _cluster.Name), Squeeze(lines[2]));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, FixedRawUI.Columns));
    }

    [Theory]
    [InlineData("Get-BgpPeer tor1", "Label : rack=r1,serves=true|Sessions : 2|Community :|Speaker :|Cluster : {0}")]
    [InlineData("Get-BgpLoadBalancer", "PeerSelector : serves=true")]
    [InlineData("Get-NetworkGatewayGroup", "FloatingIPAddress : 10.0.1.100, 10.0.1.101")]
    [InlineData("Get-BgpControlPlanePeer 10.8.0.10", "ControlPlaneNode : all")]
    [InlineData("Get-BgpAddressPool", "Address : 10.0.0.1-10.0.0.4")]
    public void A_list_joins_what_is_many(string command, string items)
    {
        using Shell lists = Shell.WithListsOnly();
        string[] lines = lists.Render($"{command} -Cluster {_cluster.Name}");
        Assert.Subset(lines.Select(Squeeze).ToHashSet(), string.Format(null, items, _cluster.Name).Split('|').ToHashSet());
    }

    [Fact]
    public void What_does_not_fit_is_on_the_next_line()
    {
        _shell.Run($"Set-NetworkGatewayGroup -AddFloatingIPAddress {string.Join(',', Enumerable.Range(110, 12).Select(number => $"10.0.1.{number}"))}");
        string[] lines = _shell.Render("Get-NetworkGatewayGroup");
        Assert.Contains("10.0.1.121", string.Concat(lines), StringComparison.Ordinal);
        Assert.InRange(lines.Length, 4, 6);
    }

    private static string Squeeze(string line) => Regex.Replace(line.Trim(), " +", " ");
}
