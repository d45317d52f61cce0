using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Gate;

/// <summary>Runs the checks of R13: each 5 s, given up after 3 s.</summary>
/// <param name="check">Null when healthy, else why not.</param>
internal sealed class HealthGateLoop(Func<CancellationToken, Task<string?>> check, ILogger logger, TimeProvider timeProvider)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly HealthGate _gate = new();

    public bool IsOpen => _gate.IsOpen;

    /// <summary>Checks once and logs what has changed.</summary>
    /// <returns>True when <see cref="IsOpen"/> has changed.</returns>
    public async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        string? problem = await ProbeAsync(cancellationToken).ConfigureAwait(false);
        bool changed = _gate.Report(healthy: problem is null);
        if (changed && _gate.IsOpen) logger.Event(LogLevel.Information, "health check passes, announcing");
        else if (changed) logger.Event(LogLevel.Warning, "health check fails, withdrawing", ("error", problem));
        else if (problem is not null) logger.Event(LogLevel.Warning, "health check failed", ("failures", _gate.Failures), ("announced", _gate.IsOpen), ("error", problem));
        return changed;
    }

    /// <summary>Checks at each period until cancelled, and tells of every change.</summary>
    public async Task RunAsync(Action changed, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Period, timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await CheckAsync(cancellationToken).ConfigureAwait(false)) changed();
        }
    }

    private async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(Timeout, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await check(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"There was no answer within {Timeout.TotalSeconds:0} s.";
        }
    }
}
