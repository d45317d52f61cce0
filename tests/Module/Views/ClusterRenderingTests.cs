using System.Text.RegularExpressions;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Views;

/// <summary>What a console of 120 columns shows of a cluster.</summary>
public sealed class ClusterRenderingTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;
    private readonly string _name;

    public ClusterRenderingTests()
    {
        _clusters = new(_shell);
        _name = _clusters.Connect("dual-stack");
    }

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpNode node-03", "Name Address Subnet ControlPlane LoadBalancer Healthy Reason", "node-03 10.0.2.10 10.0.2.0/24 True True True")]
    [InlineData("Get-BgpService load*", "Namespace Name Address Announced Reason", "default load-balancer-example 203.0.113.2 True")]
    [InlineData("Get-BgpFloatingIP 10.0.2.100", "Address Node State Reason", "10.0.2.100 node-03 Planned")]
    [InlineData("Get-BgpAdvertisedRoute 2001:*", "NAME PREFIX METRIC", "default-default-load-balancer-example-ipv6 2001:db8::1/128")]
    [InlineData("Get-BgpPlan -RemoveFloatingIPAddress 10.0.2.100", "Action Kind Name From To Reason", "Remove FloatingIP 10.0.2.100 node-03")]
    [InlineData("Import-BgpClusterConfiguration $other | ForEach-Object { $_ }", "Change Kind Namespace Name Cluster", "Created BGPPeer cluster-bm new {0}")]
    [InlineData("Get-BgpCluster {0}", "Name Namespace Type Mode LocalASN Nodes Services Default Source", "{0} cluster-bm User Bgp 65001 3 2 True {1}")]
    public void A_table_shows_names_and_values(string command, string header, string row)
    {
        string other = _clusters.Write("other.yaml", "apiVersion: networking.gke.io/v1\nkind: BGPPeer\nmetadata: {name: new, namespace: cluster-bm}\nspec: {localASN: 65001, peerASN: 65002, peerIP: 10.8.0.99, sessions: 2}\n");
        _shell.Run($"$other = '{other}'; $WarningPreference = 'SilentlyContinue'");
        string[] lines = _shell.Render(command.Replace("{0}", _name, StringComparison.Ordinal));
        Assert.Equal(header, Squeeze(lines[0]));
        Assert.StartsWith(row.Replace("{0}", _name, StringComparison.Ordinal).Split("{1}")[0].TrimEnd(), Squeeze(lines[2]), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, FixedRawUI.Columns));
    }

    [Fact]
    public void What_is_long_is_read_to_its_end()
    {
        string[] lines = _shell.Render("Get-BgpPlan | Where-Object Kind -eq Route");
        Assert.DoesNotContain("…", string.Join("", lines), StringComparison.Ordinal);
        Assert.Contains("default-default-load-balancer-example-ipv6", string.Concat(lines.Select(line => line.Length > 18 ? line[18..Math.Min(line.Length, 55)].TrimEnd() : "")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_joins_what_is_many()
    {
        using Shell lists = Shell.WithListsOnly();
        string[] service = [.. lists.Render($"Get-BgpService load* -Cluster {_name}").Select(Squeeze)];
        Assert.Contains("Address : 203.0.113.2, 2001:db8::1", service);
        Assert.Contains($"Cluster : {_name}", service);
    }

    private static string Squeeze(string line) => Regex.Replace(line.Trim(), " +", " ");
}
