using System.Threading.Channels;

namespace BgpLoadBalancer.Node;

/// <summary>Ends a loop's wait early. Any number of wakes before the loop looks are one; none is lost. One loop waits.</summary>
internal sealed class WakeSignal(TimeProvider timeProvider)
{
    // Full or empty.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>From any thread.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Returns when it is woken, or the time is over.</summary>
    /// <param name="atMost"><see cref="Timeout.InfiniteTimeSpan"/>: until it is woken.</param>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(atMost, timeProvider, ending.Token);
        Task woken = _signal.Reader.ReadAsync(ending.Token).AsTask();
        await Task.WhenAny(delay, woken).ConfigureAwait(false);
        // The other one ends too. A wake that it took in this moment is looked at now all the same.
        ending.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
