using System.Management.Automation;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>What is kept in an admin cluster is not edited in the user cluster (R36).</summary>
public sealed class UserClusterTests : IDisposable
{
    private const string AdminUid = "3b0f4c1e";

    private readonly Shell _shell = new();

    public static TheoryData<string, string, string> Edits => ClusterEdits.All;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edit_is_refused_with_the_reason_and_the_admin_cluster(string command, string action, string without)
    {
        using TestCluster cluster = UserCluster(AdminUid, without);
        string before = _shell.State();
        ErrorRecord error = Assert.Single(_shell.Invoke($"{command} -WhatIf").Errors);
        Assert.Equal(error.ToString(), Assert.Single(_shell.Invoke(command).Errors).ToString());
        Assert.StartsWith("BgpUserClusterEdit,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All([$"'{cluster.Name}' is a user cluster", $"UID {AdminUid}", "'cluster-bm'", "-Force"], part => Assert.Contains(part, error.ToString(), StringComparison.Ordinal));
        Assert.Equal(before, _shell.State());
        Assert.DoesNotContain(action, _shell.Console.TakeText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void Force_edits_it_all_the_same(string command, string action, string without)
    {
        using TestCluster cluster = UserCluster(AdminUid, without);
        string before = _shell.State();
        Assert.Empty(_shell.Invoke($"{command} -Force -Verbose 3> $null").Errors);
        Assert.Contains(action, _shell.Console.TakeText(), StringComparison.Ordinal);
        Assert.NotEqual(before, _shell.State());
    }

    [Fact]
    public void Force_does_not_go_past_the_rules()
    {
        using TestCluster cluster = UserCluster(AdminUid);
        Assert.Equal("BgpConfigurationRule", _shell.Fail("Set-BgpPeer tor1 -PeerASN 65001 -Force"));
    }

    [Fact]
    public void What_is_there_can_be_looked_at()
    {
        using TestCluster cluster = UserCluster(AdminUid);
        Assert.Equal(2, _shell.Run("Get-BgpPeer").Count);
    }

    [Fact]
    public async Task An_admin_cluster_that_is_connected_is_named()
    {
        using TestCluster admin = new(_shell);
        Assert.True(ClusterTable.TryGet(admin.Name, out ConnectedCluster? connected));
        string uid = await connected.Store.GetClusterUidAsync(TestContext.Current.CancellationToken);
        using TestCluster user = UserCluster(uid);
        string message = Assert.Single(_shell.Invoke("Set-BgpPeer tor2 -Sessions 1").Errors).ToString();
        Assert.Contains($"-Cluster {admin.Name}", message, StringComparison.Ordinal);
        Assert.DoesNotContain(uid, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_does_not_answer_does_not_keep_the_refusal_back()
    {
        using TestCluster silent = new(_shell);
        using TestCluster user = UserCluster(AdminUid);
        Assert.True(ClusterTable.TryGet(silent.Name, out ConnectedCluster? connected));
        ClusterTable.Replace(connected with { Store = new ScriptedStore(connected.Store, _ => throw new ClusterStoreException(StoreError.Unavailable, "No answer.")) { HidesUid = true } });
        string message = Assert.Single(_shell.Invoke($"Set-BgpPeer tor2 -Sessions 1 -Cluster {user.Name}").Errors).ToString();
        ClusterTable.Replace(connected);
        Assert.Contains($"UID {AdminUid}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reconciling_it_is_the_admin_clusters_work()
    {
        using TestCluster cluster = UserCluster(AdminUid);
        Assert.Equal("BgpUserClusterEdit", _shell.Fail("Invoke-BgpReconciliation -WhatIf"));
        Assert.Equal("BgpUserClusterEdit", _shell.Fail("Invoke-BgpReconciliation"));
        Assert.Empty(_shell.Run("Get-BgpSession"));
        Assert.NotEmpty(_shell.Run("Invoke-BgpReconciliation -Force"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("-Force", true)]
    public async Task A_controller_says_that_it_is_not_its_work(string force, bool works)
    {
        using TestCluster cluster = UserCluster(AdminUid);
        _ = _shell.Run($"Start-BgpController {force}");
        await LoopbackCluster.UntilAsync(() => _shell.One<BgpController>("Get-BgpController").LastPass is not null);
        Assert.Equal(!works, _shell.One<BgpController>("Get-BgpController").Problem?.Contains($"UID {AdminUid}", StringComparison.Ordinal) == true);
        _ = _shell.Run("Stop-BgpController *");
    }

    private TestCluster UserCluster(string adminUid, string without = "") => new(_shell, manifests => TestCluster.Without(without, manifests)
        .Replace("  name: tor1\n", $"  name: tor1\n  annotations:\n    networking.gke.io/bgp-source: {adminUid}/cluster-bm\n", StringComparison.Ordinal));
}
