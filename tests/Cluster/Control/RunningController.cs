using System.Collections.Concurrent;
using BgpLoadBalancer.Cluster.Control;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>A controller that leads at once, on a virtual clock.</summary>
internal sealed class RunningController : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Leading _gate = new();
    private readonly Task _running;

    public RunningController(ClusterStores stores, ControllerSettings? settings = null)
    {
        Controller = new(stores, settings ?? new(), _gate, Time, new Random(1), Reports.Enqueue);
        _running = Controller.RunAsync(_ending.Token);
    }

    public FakeTimeProvider Time { get; } = new();

    public ClusterController Controller { get; }

    public ConcurrentQueue<ControlEvent> Reports { get; } = new();

    /// <summary>Lets virtual time pass until something is done; nobody waits for real time.</summary>
    public async Task PassTimeUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await TurnsAsync(10);
        }

        await done;
    }

    /// <summary>Closes the gate: the lead is lost. Completes when the work has ended.</summary>
    public Task LoseAsync() => _gate.LoseAsync();

    /// <summary>Waits until there was a pass and no other follows, as far as one can see without time that passes.</summary>
    public async Task AtRestAsync()
    {
        long passes = -1;
        while (passes <= 0 || passes != Controller.Status.Passes)
        {
            passes = Controller.Status.Passes;
            await TurnsAsync(2000);
        }
    }

    /// <summary>Lets virtual time pass until something is so.</summary>
    public async Task PassTimeUntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(Stores.Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await TurnsAsync(10);
        }
    }

    // By way of the pool's threads, where the controller's work is done: it gets its turn in between even when they are few and late.
    private static async Task TurnsAsync(int count)
    {
        for (int i = 0; i < count; i++) await Task.Run(static () => { });
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _ending.Dispose();
        _gate.Dispose();
    }

    private sealed class Leading : ILeaderGate, IDisposable
    {
        private readonly CancellationTokenSource _lost = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Problem => null;

        public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
            try
            {
                await work(either.Token);
            }
            finally
            {
                _ended.SetResult();
            }
        }

        public void Dispose() => _lost.Dispose();

        public async Task LoseAsync()
        {
            await _lost.CancelAsync();
            await _ended.Task;
        }
    }
}
