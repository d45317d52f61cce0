using System.Diagnostics;

namespace BgpLoadBalancer.Bench.Receiver;

/// <summary>A wait until the receiver has counted so many prefixes announced and withdrawn.</summary>
internal sealed class Arrival(long announced, long withdrawn)
{
    private readonly TaskCompletionSource<long> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called by the receiver after each UPDATE.</summary>
    /// <returns>True when this one completed it.</returns>
    public bool Update(in UpdateTally tally)
    {
        if (tally.Announced < announced || tally.Withdrawn < withdrawn) return false;
        _reached.SetResult(Stopwatch.GetTimestamp());
        return true;
    }

    public void Fail(Exception failure) => _reached.TrySetException(failure);

    /// <returns>The <see cref="Stopwatch"/> timestamp of the read that brought the last prefix.</returns>
    /// <exception cref="BenchException">The prefixes did not come in time, or the session ended first.</exception>
    public long Wait(TimeSpan timeout)
    {
        try
        {
            return _reached.Task.Wait(timeout)
                ? _reached.Task.Result
                : throw new BenchException($"The sender had not sent {announced} prefixes and {withdrawn} withdrawals within {timeout.TotalSeconds} s.");
        }
        catch (AggregateException exception)
        {
            throw new BenchException("The session ended before all prefixes had come: " + exception.InnerException!.Message, exception.InnerException);
        }
    }
}
