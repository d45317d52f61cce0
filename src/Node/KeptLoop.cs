using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.Node;

/// <summary>
/// Keeps a loop going that handles all failures that it knows of, and ends by itself never: should it all the same, that is reported, and it begins anew after a pause,
/// while everything else goes on.
/// </summary>
/// <param name="subject">What the loop is about, for a log.</param>
/// <param name="loop">Has to leave things so that it can begin again.</param>
/// <param name="report">Called from any thread; for a log.</param>
internal sealed class KeptLoop(string subject, Func<CancellationToken, Task> loop, TimeProvider timeProvider, Action<ControlEvent> report)
{
    /// <summary>The pauses double up to this; shorter than a lease, so that a moment of blindness lets no node look dead.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Who works for so long is well again.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);

    private Failure? _failure;

    /// <summary>Why it had to begin anew; null when it never had, or works steadily since.</summary>
    public string? Problem => Volatile.Read(ref _failure) is { } failure && timeProvider.GetElapsedTime(failure.At) < Steady ? failure.Message : null;

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = s_firstPause;
        while (true)
        {
            long began = timeProvider.GetTimestamp();
            Exception? fault = await TryAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (timeProvider.GetElapsedTime(began) >= Steady) pause = s_firstPause;
            Volatile.Write(ref _failure, new($"{subject}: {fault?.Message ?? "ended by itself"}", timeProvider.GetTimestamp()));
            report(new(ControlEventLevel.Warning, FormattableString.Invariant($"ended as nobody expected; it begins anew in {pause.TotalSeconds:0.##} s"), subject, fault?.ToString()));
            await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<Exception?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await loop(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            // What a cancellation led to is of no interest any more: the caller looks.
            return exception;
        }
    }

    private sealed record Failure(string Message, long At);
}
