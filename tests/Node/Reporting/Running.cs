using System.Collections.Concurrent;
using BgpLoadBalancer.Cluster.Control;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Reporting;

/// <summary>A loop that runs on a clock of the test's.</summary>
internal sealed class Running(FakeTimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private Task _task = Task.CompletedTask;

    public ConcurrentQueue<ControlEvent> Reports { get; } = new();

    /// <summary>Returns when it waits for something. Away from the test's synchronization context, what is due runs within the step of the clock that makes it due.</summary>
    public async Task StartAsync(Func<CancellationToken, Task> run) =>
        _task = await Task.Factory.StartNew(() => run(_stopping.Token), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    public int Count(string message) => Reports.Count(report => report.Message == message);

    /// <returns>How much time passed.</returns>
    public Task<TimeSpan> UntilAsync(Func<bool> condition) => Task.Run(async () =>
    {
        TimeSpan passed = TimeSpan.Zero;
        for (; !condition(); passed += Step)
        {
            Assert.True(passed < TimeSpan.FromHours(1), "It never happens.");
            Assert.False(_task.IsFaulted, $"{_task.Exception}");
            time.Advance(Step);
            await Task.Yield();
        }

        return passed;
    });

    public Task AdvanceAsync(TimeSpan length) => Task.Run(() =>
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < length; passed += Step) time.Advance(Step);
    });

    /// <summary>Waits for something that needs no time to pass on the clock.</summary>
    public static async Task SettleAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _task);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}
