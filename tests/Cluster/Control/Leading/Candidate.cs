using System.Collections.Concurrent;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Control.Leading;

namespace BgpLoadBalancer.Cluster.Tests.Control.Leading;

/// <summary>A gate that runs, with work that does nothing until its token is cancelled.</summary>
internal sealed class Candidate : IAsyncDisposable
{
    public const string LeaseName = "bgp-controller-cluster-1";

    private readonly CancellationTokenSource _stopping = new();
    private readonly WatchedTime _time;
    private readonly LeaseLeaderGate _gate;
    private CancellationToken? _working;

    public Candidate(IClusterStore store, string identity, TimeProvider time, int seed, Func<CancellationToken, Task>? work = null, Reliability reliability = Reliability.Answers)
    {
        _time = new(time);
        Store = new(store, _time) { Reliability = reliability };
        _gate = new(Store, LeaseName, identity, new(), _time, new Random(seed), Reports.Enqueue);
        // It begins on this thread, so that nothing is open before the clock moves on, and away from the test's synchronization context: then what is due runs within
        // the step of the clock that makes it due.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Running = _gate.RunAsync(work ?? WorkAsync, _stopping.Token);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public UnreliableLeaseStore Store { get; }

    public ConcurrentQueue<ControlEvent> Reports { get; } = new();

    public Task Running { get; }

    public string? Problem => _gate.Problem;

    /// <summary>Released at each beginning of work.</summary>
    public SemaphoreSlim Began { get; } = new(0);

    /// <summary>It works, and has not been told that it leads no more.</summary>
    public bool Leads => _working is { IsCancellationRequested: false };

    /// <summary>It has done all that there is to do before the clock moves on: what it waits for is never longer away than a renewal.</summary>
    public bool IsAtRest => Running.IsCompleted || _time.WaitsFor(new LeaderSettings().Renew);

    public bool Has(string message) => Reports.Any(report => report.Message == message);

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        // A store that hangs would be waited for, by a clock that stands.
        Store.Reliability = Reliability.Away;
        await StopAsync();
        _stopping.Dispose();
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        _working = cancellationToken;
        Began.Release();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _working = null;
        }
    }
}
