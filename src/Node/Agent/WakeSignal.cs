using System.Threading.Channels;

namespace BgpLoadBalancer.Node.Agent;

/// <summary>Ends a loop's wait early. Any number of wakes before the loop looks are one; none is lost. One loop waits.</summary>
internal sealed class WakeSignal(TimeProvider timeProvider)
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>From any thread.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Returns when it is woken, or the time is over.</summary>
    /// <param name="atMost"><see cref="Timeout.InfiniteTimeSpan"/>: until it is woken.</param>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(atMost, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            _ = await _signal.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
    }
}
