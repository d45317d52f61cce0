using System.Management.Automation;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands.Connections;

/// <summary>A store that takes its time, fails, or is changed by others meanwhile.</summary>
public sealed class DistantStoreTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;
    private readonly string _name;
    private readonly ConnectedCluster _near;

    public DistantStoreTests()
    {
        _clusters = new(_shell);
        _name = _clusters.Connect("separate-planes");
        Assert.True(ClusterTable.TryGet(_name, out ConnectedCluster? near));
        _near = near;
    }

    public void Dispose()
    {
        if (ClusterTable.TryGet(_name, out _)) ClusterTable.Replace(_near);
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpNode")]
    [InlineData("Get-BgpPlan")]
    [InlineData("Get-BgpCluster")]
    [InlineData("Get-BgpSession")]
    [InlineData("Set-BgpPeer bgppeer1 -Sessions 1")]
    public async Task Ctrl_C_ends_the_wait_for_it(string command)
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Replace(async stop =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using RunningScript running = _shell.Begin($"{command} {(command == "Get-BgpCluster" ? _name : $"-Cluster {_name}")}");
        await asked.Task.WaitAsync(RunningScript.Limit, TestContext.Current.CancellationToken);
        await running.StopAsync();
        Assert.Empty(running.Errors);
    }

    [Theory]
    [InlineData(StoreError.Unavailable, "BgpClusterUnavailable", ErrorCategory.ResourceUnavailable)]
    [InlineData(StoreError.Forbidden, "BgpClusterForbidden", ErrorCategory.PermissionDenied)]
    [InlineData(StoreError.Invalid, "BgpResourceInvalid", ErrorCategory.InvalidData)]
    public void What_it_refuses_is_an_error_that_says_so(StoreError refusal, string id, ErrorCategory category)
    {
        Replace(_ => throw new ClusterStoreException(refusal, "It said no."));
        ErrorRecord error = Assert.Single(_shell.Invoke($"Get-BgpNode -Cluster {_name}").Errors);
        Assert.Equal((id, category), (error.FullyQualifiedErrorId.Split(',')[0], error.CategoryInfo.Category));
        Assert.Contains($"Cluster '{_name}': It said no.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_that_does_not_answer_is_still_listed()
    {
        Replace(_ => throw new ClusterStoreException(StoreError.Unavailable, "No answer."));
        Result result = _shell.Invoke($"Get-BgpCluster {_name}");
        Assert.Equal([_name], result.Output.Select(cluster => cluster.ToString()));
        Assert.StartsWith("BgpClusterUnavailable,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_waits_for_it_to_be_rid_of_it()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Replace(async stop =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, stop);
        });
        using RunningScript running = _shell.Begin($"Disconnect-BgpCluster {_name}");
        await asked.Task.WaitAsync(RunningScript.Limit, TestContext.Current.CancellationToken);
        Assert.False(ClusterTable.TryGet(_name, out _));
        await running.StopAsync();
    }

    [Fact]
    public void What_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        // The peer changes between the reading for the rules and the writing.
        int questions = 0;
        using Shell other = new();
        string twin = _clusters.NewName();
        ScriptedStore store = new(_near.Store, _ =>
        {
            if (++questions == 3) other.Run($"Set-BgpPeer bgppeer1 -Sessions 3 -Cluster {_name}");
            return Task.CompletedTask;
        });
        ClusterTable.Replace(_near with { Name = twin, Store = store });
        ErrorRecord error = Assert.Single(_shell.Invoke($"Set-BgpPeer bgppeer1 -Sessions 1 -Cluster {twin} 3> $null").Errors);
        Assert.Equal("BgpResourceConflict", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("Somebody else has changed it", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([3], _shell.Run($"(Get-BgpPeer bgppeer1 -Cluster {_name}).Sessions"));
    }

    [Fact]
    public void It_is_exported_without_files_of_its_own()
    {
        Replace(_ => Task.CompletedTask);
        string file = Path.Combine(_clusters.Work.FullName, "far.yaml");
        _shell.Run($"Export-BgpClusterConfiguration '{file}' -Cluster {_name}");
        Assert.True(_shell.One<bool>($"Test-BgpClusterConfiguration '{file}' -Quiet"));
        Assert.DoesNotContain("resourceVersion", File.ReadAllText(file), StringComparison.Ordinal);
        string copy = _clusters.Connect(file);
        Assert.Equal(["bgppeer1"], _shell.Run($"Get-BgpPeer -Cluster {copy}").Select(peer => peer.ToString()));
    }

    private void Replace(Func<CancellationToken, Task> before) => ClusterTable.Replace(_near with { Store = new ScriptedStore(_near.Store, before) });
}
