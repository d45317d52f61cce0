using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>Ctrl+C over a cluster, and over one that does not answer.</summary>
public sealed class WorkStopTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly Shell _other = new();
    private readonly LoopbackCluster _cluster;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _answers = int.MaxValue;

    public WorkStopTests() => _cluster = new(_shell, 26);

    public void Dispose()
    {
        Volatile.Write(ref _answers, int.MaxValue);
        _cluster.Dispose();
        _other.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task Watching_ends_and_watches_no_more()
    {
        ScriptedStore store = _cluster.Script(AnswerAsync);
        _ = _shell.Run("Invoke-BgpReconciliation");
        using RunningScript watch = _other.Begin($"Watch-BgpSession -Cluster {_cluster.Name}");
        BgpSessionEvent seen = await watch.NextAsync<BgpSessionEvent>(_ => true, TestContext.Current.CancellationToken);
        Assert.Equal((BgpReportedState.Unknown, _cluster.Name), (seen.State!.Value, seen.Cluster));
        await LoopbackCluster.UntilAsync(() => store.Watches == 1);
        await watch.StopAsync();
        Assert.Empty(watch.Errors);
        Assert.Equal(0, store.Watches);
    }

    [Fact]
    public async Task Waiting_ends_and_watches_no_more()
    {
        ScriptedStore store = _cluster.Script(AnswerAsync);
        using RunningScript wait = _other.Begin($"Wait-BgpSession -Cluster {_cluster.Name} -TimeoutSec 3600");
        await _other.Console.FirstProgressAsync(TestContext.Current.CancellationToken);
        await LoopbackCluster.UntilAsync(() => store.Watches == 1);
        await wait.StopAsync();
        Assert.Empty(wait.Errors);
        Assert.Equal(0, store.Watches);
    }

    // It reads a dozen kinds twice before its first write, and then writes.
    [Theory]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(26)]
    public async Task A_reconciliation_ends_where_it_is_and_another_one_goes_on_from_there(int answers)
    {
        _ = _cluster.Script(AnswerAsync);
        Volatile.Write(ref _answers, answers);
        using RunningScript running = _other.Begin($"Invoke-BgpReconciliation -Cluster {_cluster.Name}");
        await _asked.Task.WaitAsync(RunningScript.Limit, TestContext.Current.CancellationToken);
        await running.StopAsync();
        Assert.Empty(running.Errors);
        Volatile.Write(ref _answers, int.MaxValue);
        Assert.NotEmpty(_shell.Run("Invoke-BgpReconciliation"));
        Assert.Empty(_shell.Run("Get-BgpPlan"));
    }

    [Fact]
    public async Task Starting_agents_ends_without_one()
    {
        _ = _cluster.Script(AnswerAsync);
        Volatile.Write(ref _answers, 0);
        using RunningScript running = _other.Begin($"Start-BgpNodeAgent * -Loopback -Cluster {_cluster.Name}");
        await _asked.Task.WaitAsync(RunningScript.Limit, TestContext.Current.CancellationToken);
        await running.StopAsync();
        Assert.Empty(running.Errors);
        Assert.Empty(_shell.Run("Get-BgpNodeAgent"));
    }

    [Fact]
    public async Task An_agent_ends_while_its_cluster_does_not_answer()
    {
        _ = _cluster.Script(AnswerAsync);
        _ = _shell.Run("Start-BgpController; Start-BgpNodeAgent node-1 -Loopback");
        Volatile.Write(ref _answers, 0);
        await _asked.Task.WaitAsync(RunningScript.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(BgpNodeAgentState.Stopped, _shell.One<BgpNodeAgent>("Stop-BgpNodeAgent * -PassThru").State);
        Assert.Equal(BgpControllerState.Stopped, _shell.One<BgpController>("Stop-BgpController * -PassThru").State);
    }

    // So many questions are answered; after that the store is silent.
    private async Task AnswerAsync(CancellationToken stop)
    {
        if (Interlocked.Decrement(ref _answers) >= 0) return;
        _ = _asked.TrySetResult();
        await Task.Delay(Timeout.Infinite, stop);
    }
}
