using System.Management.Automation;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>What is said about arguments that cannot be: which parameter it is, and what would be right.</summary>
public sealed class WorkArgumentTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;

    public WorkArgumentTests() => _cluster = new(_shell, 25);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("-DropTimeSec 15", "-DropTimeSec is 15 and -LeaseDurationSec is 15", "-DropTimeSec at most 13, or -LeaseDurationSec at least 17.")]
    [InlineData("-DropTimeSec 14.5 -LeaseDurationSec 16", "-DropTimeSec is 14.5 and -LeaseDurationSec is 16", "-DropTimeSec at most 14, or -LeaseDurationSec at least 17.")]
    [InlineData("-RenewIntervalSec 6", "-RenewIntervalSec is 6 and -DropTimeSec is 12", "-RenewIntervalSec less than 6, or -DropTimeSec more than 12.")]
    [InlineData("-RenewIntervalSec 20", "-RenewIntervalSec is 20 and -DropTimeSec is 12", "-RenewIntervalSec less than 6, or -DropTimeSec more than 40.")]
    public void Durations_that_do_not_fit_each_other_are_named_once(string durations, string what, string right)
    {
        foreach (string command in new[] { "Start-BgpController", "Start-BgpNodeAgent * -Loopback" })
        {
            ErrorRecord error = Assert.Single(_shell.Invoke($"{command} {durations}").Errors);
            Assert.Equal("BgpInvalidArgument", error.FullyQualifiedErrorId.Split(',')[0]);
            Assert.Contains(what, error.ToString(), StringComparison.Ordinal);
            Assert.Contains(right, error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(_shell.Run("Get-BgpController; Get-BgpNodeAgent"));
    }

    [Fact]
    public void A_lease_that_no_drop_time_fits_has_to_be_longer() =>
        Assert.Contains("two nodes could hold a floating IP at once. Make -LeaseDurationSec at least 4.", Assert.Single(_shell.Invoke("Start-BgpNodeAgent * -Loopback -RenewIntervalSec 0.5 -DropTimeSec 2 -LeaseDurationSec 3").Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_node_that_one_failed_renewal_would_take_out_is_not_started()
    {
        ErrorRecord error = Assert.Single(_shell.Invoke("Start-BgpNodeAgent * -Loopback -NodeRenewIntervalSec 8").Errors);
        Assert.Contains("-NodeRenewIntervalSec at most 7.5, or -NodeLeaseDurationSec at least 16.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-BgpController", "RenewIntervalSec", "-1", "0.1")]
    [InlineData("Start-BgpController", "RenewIntervalSec", "0", "0.1")]
    [InlineData("Start-BgpController", "RenewIntervalSec", "NaN", "0.1")]
    [InlineData("Start-BgpController", "DropTimeSec", "Infinity", "86400")]
    [InlineData("Start-BgpController", "LeaseDurationSec", "0", "1")]
    [InlineData("Start-BgpController", "ReportIntervalSec", "0.5", "1")]
    [InlineData("Start-BgpController", "ReportIntervalSec", "NaN", "1")]
    [InlineData("Start-BgpNodeAgent * -Loopback", "RenewIntervalSec", "NaN", "0.1")]
    [InlineData("Start-BgpNodeAgent * -Loopback", "DropTimeSec", "1.5", "2")]
    [InlineData("Start-BgpNodeAgent * -Loopback", "DropTimeSec", "NaN", "2")]
    [InlineData("Start-BgpNodeAgent * -Loopback", "NodeRenewIntervalSec", "-3", "0.1")]
    [InlineData("Start-BgpNodeAgent * -Loopback", "ReportIntervalSec", "3601", "3600")]
    public void A_value_out_of_range_is_said_with_its_parameter_and_the_limit(string command, string parameter, string value, string limit)
    {
        string text = Assert.Single(_shell.Invoke($"{command} -{parameter} {value}").Errors).ToString();
        Assert.Contains($"'{parameter}'", text, StringComparison.Ordinal);
        Assert.Matches($@"(than|range of) {limit}\b", text);
        Assert.Empty(_shell.Run("Get-BgpController; Get-BgpNodeAgent"));
    }

    [Theory]
    [InlineData("Start-BgpNodeAgent node1 -Loopback", "BgpNodeNotFound", "Did you mean 'node-1'? It has: node-1, node-2.")]
    [InlineData("Stop-BgpNodeAgent node-1", "BgpNodeAgentNotFound", "No agent of node 'node-1' of cluster 'loopback25' runs in this process. Running: none.")]
    [InlineData("Stop-BgpController controller1", "BgpControllerNotFound", "No controller 'controller1'")]
    [InlineData("Get-BgpController nobody", "BgpControllerNotFound", "No controller 'nobody'")]
    [InlineData("Start-BgpNodeAgent *", "BgpOneHostOneNode", "-Loopback")]
    [InlineData("Stop-BgpNodeAgent * -Abrupt -PlannedRestart", "BgpInvalidArgument", "not both")]
    [InlineData("Start-BgpController -Cluster loopbac25", "BgpClusterNotFound", "Did you mean 'loopback25'?")]
    [InlineData("Reset-BgpSession", "BgpSpeakerNotNamed", "Stop-BgpNodeAgent and Start-BgpNodeAgent there begin it anew")]
    [InlineData("Get-BgpStatistics", "BgpSpeakerNotNamed", "is in Get-BgpSession")]
    [InlineData("Wait-BgpSession -TimeoutSec 0", "BgpSessionNotFound", "Start-BgpController")]
    [InlineData("Wait-BgpSession 127.0.25.1 -TimeoutSec 0", "BgpSessionNotFound", "has no session with '127.0.25.1'")]
    [InlineData("Wait-BgpSession -Node nowhere -TimeoutSec 0", "BgpSessionNotFound", "has no session with 'node nowhere'")]
    public void What_is_not_there_is_said_with_what_there_is(string command, string id, string said)
    {
        ErrorRecord error = Assert.Single(_shell.Invoke(command).Errors);
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-BgpController")]
    [InlineData("Stop-BgpController *")]
    [InlineData("Get-BgpController")]
    [InlineData("Start-BgpNodeAgent *")]
    [InlineData("Stop-BgpNodeAgent *")]
    [InlineData("Get-BgpNodeAgent")]
    [InlineData("Invoke-BgpReconciliation")]
    [InlineData("Get-BgpFloatingIP")]
    [InlineData("Get-BgpAdvertisedRoute")]
    [InlineData("Get-BgpSession")]
    [InlineData("Wait-BgpSession")]
    [InlineData("Watch-BgpSession")]
    public void Without_a_default_cluster_the_connected_ones_are_named(string command)
    {
        using Shell other = new();
        ErrorRecord error = Assert.Single(other.Invoke(command).Errors);
        Assert.Equal("BgpClusterNotConnected", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains(_cluster.Name, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_one_of_the_name_is_refused_and_the_first_goes_on()
    {
        DateTimeOffset started = _shell.One<BgpController>("Start-BgpController main").StartTime;
        _ = _shell.Run("Start-BgpNodeAgent node-1 -Loopback");
        Assert.Equal("BgpControllerExists", _shell.Fail("Start-BgpController MAIN"));
        Assert.Contains("The agent of node 'node-1' of cluster 'loopback25' runs", Assert.Single(_shell.Invoke("Start-BgpNodeAgent node-1 -Loopback").Errors).ToString(), StringComparison.Ordinal);
        Assert.Equal("controller1", _shell.One<BgpController>("Start-BgpController").Name);
        Assert.Equal(started, _shell.One<BgpController>("Get-BgpController main").StartTime);
        Assert.Single(_shell.Run("Get-BgpNodeAgent"));
        _ = _shell.Run("Stop-BgpNodeAgent *; Start-BgpNodeAgent node-1 -Loopback");
    }

    [Theory]
    [InlineData("Disconnect-BgpCluster")]
    [InlineData("Connect-BgpCluster (Get-BgpCluster loopback25).Source -Name loopback25 -Force")]
    public void A_cluster_that_something_works_for_stays_connected(string command)
    {
        _ = _shell.Run("Start-BgpController; Start-BgpNodeAgent node-2 -Loopback");
        ErrorRecord error = Assert.Single(_shell.Invoke(command).Errors);
        Assert.Equal("BgpClusterInUse", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("controller 'controller1', agent of node 'node-2'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, _shell.Run("Get-BgpController; Get-BgpNodeAgent").Count);
        Assert.Single(_shell.Run("Stop-BgpController *; Stop-BgpNodeAgent *; Disconnect-BgpCluster"));
    }
}
