using System.Collections.Concurrent;
using BgpLoadBalancer.Cluster.Control;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control;

/// <summary>A controller that leads at once, on a virtual clock.</summary>
internal sealed class RunningController : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    public RunningController(ClusterStores stores, ControllerSettings? settings = null)
    {
        Controller = new(stores, settings ?? new(), new Leading(), Time, new Random(1), Reports.Enqueue);
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
            for (int i = 0; i < 10; i++) await Task.Yield();
        }

        await done;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _ending.Dispose();
    }

    private sealed class Leading : ILeaderGate
    {
        public Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) => work(cancellationToken);
    }
}
