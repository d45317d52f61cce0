namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>Does one thing after the other, in the order they were given; from one thread only.</summary>
/// <param name="fault">Gets what a piece of work threw, unless it was cancelled; the next one is done all the same.</param>
internal sealed class SerialWork(Action<Exception> fault)
{
    /// <summary>Ends when all that was given so far is done. Never fails.</summary>
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>After everything that was given before; left out when it is cancelled by then.</summary>
    public void Add(Func<CancellationToken, Task> work, CancellationToken cancellationToken) => Done = RunAsync(Done, work, cancellationToken);

    /// <summary>At once, whatever was given before.</summary>
    public void AddBeside(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        Task now = RunAsync(Task.CompletedTask, work, cancellationToken);
        Done = Done.IsCompleted ? now : Task.WhenAll(Done, now);
    }

    private async Task RunAsync(Task before, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        // Away from the caller, which has other things to do.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (cancellationToken.IsCancellationRequested) return;
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // As was wished.
        }
        catch (Exception exception)
        {
            fault(exception);
        }
    }
}
