using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>Work for a cluster that runs in this process, until it is stopped or fails. What it failed with is kept.</summary>
/// <param name="name">Its name among others of its kind for the same cluster.</param>
/// <param name="log">What the work says; a fault is added to it.</param>
internal abstract class RunningWork(string name, ConnectedCluster cluster, WorkLog log)
{
    private readonly TaskCompletionSource _stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private Exception? _fault;

    public string Name => name;

    public ConnectedCluster Cluster => cluster;

    public WorkLog Log => log;

    public DateTimeOffset StartTime { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>Null while it works, and after a stop.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>The fault in words, each once where several parts of the work failed; null without one.</summary>
    public string? FaultText => Fault is AggregateException several ? string.Join(" ", several.Flatten().InnerExceptions.Select(one => one.Message).Distinct()) : Fault?.Message;

    public bool HasEnded => _running.IsCompleted;

    /// <summary>Once.</summary>
    public void Start() => _running = Task.Run(WatchedAsync);

    /// <summary>Ends it in order. Never fails: what went wrong is in <see cref="Fault"/>.</summary>
    public Task StopAsync()
    {
        _stopAsked.TrySetResult();
        return _running;
    }

    /// <summary>Completes when the work has ended, however it did. Never fails.</summary>
    private protected Task Ended => _running;

    /// <summary>The work itself, until cancelled.</summary>
    private protected abstract Task RunAsync(CancellationToken cancellationToken);

    private async Task WatchedAsync()
    {
        using CancellationTokenSource stopping = new();
        Task cancelling = CancelWhenAskedAsync(stopping);
        try
        {
            await RunAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As was wished.
        }
        catch (Exception exception)
        {
            Volatile.Write(ref _fault, exception);
            log.Add(new(ControlEventLevel.Warning, "it has ended because of a fault in it", "", FaultText));
        }

        _stopAsked.TrySetResult();
        await cancelling.ConfigureAwait(false);
    }

    private async Task CancelWhenAskedAsync(CancellationTokenSource stopping)
    {
        await _stopAsked.Task.ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
    }
}
