using System.Collections.Concurrent;
using System.Diagnostics;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Tests;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Reporting;

/// <summary>A loop, or several that start together, on a clock of the test's.</summary>
/// <param name="limitsCount">As <see cref="WatchedTime"/> has it.</param>
internal sealed class Running(FakeTimeProvider time, bool limitsCount = true) : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WatchedTime _watched = new(time, limitsCount);
    private Task _task = Task.CompletedTask;

    /// <summary>The clock for loops that always wait for it, when they wait. Given to no loop, it changes nothing.</summary>
    public TimeProvider Time => _watched;

    /// <summary>How many loops wait for <see cref="Time"/>, when they wait.</summary>
    public int Loops { get; set; } = 1;

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
            await StepAsync();
        }

        return passed;
    });

    public Task AdvanceAsync(TimeSpan length) => Task.Run(async () =>
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < length; passed += Step) await StepAsync();
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

    private async Task StepAsync()
    {
        time.Advance(Step);
        await Task.Yield();
        long began = Stopwatch.GetTimestamp();
        while (_watched.IsUsed && !_watched.WaitsFor(TimeSpan.FromDays(1), Loops) && !_task.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < s_patience, "The loop waits for nothing.");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }
}
