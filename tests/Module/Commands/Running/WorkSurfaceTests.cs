using System.Text.RegularExpressions;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>What the Tab key offers of what runs, and what a console of 120 columns shows of it.</summary>
public sealed class WorkSurfaceTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;

    public WorkSurfaceTests()
    {
        _cluster = new(_shell, 29);
        _ = _shell.Run("Start-BgpController main; Start-BgpNodeAgent node-2 -Loopback");
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpController ", "main spare")]
    [InlineData("Stop-BgpController -Name s", "spare")]
    [InlineData("Start-BgpNodeAgent ", "node-1 node-2")]
    [InlineData("Start-BgpNodeAgent -Node node-1", "node-1")]
    [InlineData("Stop-BgpNodeAgent ", "node-2")]
    [InlineData("Get-BgpNodeAgent -Node ", "node-2")]
    [InlineData("Get-BgpSession -Node ", "node-1 node-2")]
    [InlineData("Wait-BgpSession -Node node-2", "node-2")]
    [InlineData("Get-BgpFloatingIP ", "127.0.29.100")]
    [InlineData("Get-BgpFloatingIP -Node ", "node-1 node-2")]
    [InlineData("Get-BgpNodeAgent -Cluster loopback2", "loopback2*")]
    [InlineData("Invoke-BgpReconciliation -Cluster loopback29", "loopback29")]
    [InlineData("Get-BgpController -Cluster loopback29 -Name ", "main spare")]
    public void Names_of_what_is_there(string text, string offered)
    {
        _ = _shell.Run("Start-BgpController spare");
        IReadOnlyList<string> completed = _shell.Complete(text);
        // Other tests have clusters too.
        if (offered.EndsWith('*')) Assert.Contains(_cluster.Name, completed);
        else Assert.Equal(offered.Split(' '), completed);
    }

    [Theory]
    [InlineData("Get-BgpController main", "Name Cluster State Passes LastPass Services Announced Sessions Failing Problem", "main loopback29 ")]
    [InlineData("Get-BgpNodeAgent", "Name Cluster State FloatingIP Sessions Established Routes Problem", "node-2 loopback29 Running")]
    [InlineData("(Get-BgpController main).Event | ForEach-Object { $_ }", "Time Level Subject Message", "[0-9:.]+ Information Lease bgp-controller-cluster-lo taken")]
    public async Task A_table_shows_names_and_values(string command, string header, string row)
    {
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpController main | Where-Object Passes -gt 0").Count == 1);
        string[] lines = _shell.Render(command);
        Assert.Equal(header, Squeeze(lines[0]));
        Assert.Matches($"^{row}", Squeeze(lines[2]));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, FixedRawUI.Columns));
    }

    [Fact]
    public async Task A_list_shows_what_was_done_last()
    {
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpController main | Where-Object Passes -gt 0").Count == 1);
        using Shell lists = Shell.WithListsOnly();
        string[] controller = [.. lists.Render($"Get-BgpController main -Cluster {_cluster.Name}").Select(Squeeze)];
        Assert.Contains("State : Leading", controller);
        Assert.Contains(controller, line => line.StartsWith("Event : ", StringComparison.Ordinal));
        string[] agent = [.. lists.Render($"Get-BgpNodeAgent -Cluster {_cluster.Name}").Select(Squeeze)];
        Assert.Contains("Loopback : True", agent);
    }

    private static string Squeeze(string line) => Regex.Replace(line.Trim(), " +", " ");
}
