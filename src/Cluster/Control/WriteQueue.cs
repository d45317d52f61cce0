using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Control.Reconciling;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>
/// Carries out what a pass wants written. One that fails is tried again with a growing wait, and holds up no other; what no pass wants any more is
/// forgotten.
/// </summary>
internal sealed class WriteQueue(ClusterStores stores, ObservationHub hub, Random random)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan s_longestCall = TimeSpan.FromSeconds(10);
    private readonly Dictionary<StoreWriteKey, Failure> _failures = [];

    // The generator that was given is others' too.
    private readonly Random _random = new(random.Next());

    /// <summary>Writes that the store refuses at the moment.</summary>
    public int Failing => _failures.Count;

    /// <returns>When to come back for what failed, or had to wait for another write of its object; null: nothing is left.</returns>
    public async Task<TimeSpan?> ExecuteAsync(IReadOnlyCollection<StoreWrite> writes, CancellationToken cancellationToken)
    {
        Forget(writes);
        long now = hub.TimeProvider.GetTimestamp();
        StoreWrite[] due = [.. writes.Where(write => !_failures.TryGetValue(write.Key, out Failure? failure) || Left(failure, now) <= TimeSpan.Zero)];
        // A second write of one object waits until the first one's result is seen: now it would only conflict.
        StoreWrite[] first = [.. due.DistinctBy(write => write.Key with { Action = default })];
        Lock results = new();
        await Parallel.ForEachAsync(first, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (write, cancellation) =>
        {
            ClusterStoreException? problem = await TryAsync(write, cancellation).ConfigureAwait(false);
            lock (results) Note(write, problem);
        }).ConfigureAwait(false);
        if (first.Length < due.Length) return TimeSpan.Zero;
        now = hub.TimeProvider.GetTimestamp();
        return _failures.Count == 0 ? null : _failures.Values.Select(failure => Left(failure, now)).Min() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<ClusterStoreException?> TryAsync(StoreWrite write, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreCall.InTimeAsync<ClusterStoreException?>(
                async token =>
                {
                    await write.ExecuteAsync(stores, hub, token).ConfigureAwait(false);
                    return null;
                },
                s_longestCall,
                hub.TimeProvider,
                cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterStoreException exception)
        {
            return exception;
        }
    }

    private void Note(StoreWrite write, ClusterStoreException? problem)
    {
        if (problem is null)
        {
            _ = _failures.Remove(write.Key);
            foreach (Planning.PlanStep step in write.Steps) hub.Report(new(ControlEventLevel.Information, step.ToString(), write.Subject));
            return;
        }

        Failure? before = _failures.GetValueOrDefault(write.Key);
        TimeSpan wait = Backoff.After(before?.Wait, _random);
        // The first time may be a matter of timing: somebody wrote the object just now.
        bool usual = problem.Error is StoreError.Conflict or StoreError.NotFound or StoreError.AlreadyExists && before is null;
        if (!usual) hub.Report(new(ControlEventLevel.Warning, $"{write.Action} failed; it is tried again in {wait.TotalSeconds:0.##} s", write.Subject, problem.Message));
        _failures[write.Key] = new(wait, hub.TimeProvider.GetTimestamp());
    }

    private void Forget(IReadOnlyCollection<StoreWrite> writes)
    {
        if (_failures.Count == 0) return;
        HashSet<StoreWriteKey> wanted = [.. writes.Select(write => write.Key)];
        foreach (StoreWriteKey key in _failures.Keys.Where(key => !wanted.Contains(key)).ToArray()) _ = _failures.Remove(key);
    }

    private TimeSpan Left(Failure failure, long now) => failure.Wait - hub.TimeProvider.GetElapsedTime(failure.At, now);

    private sealed record Failure(TimeSpan Wait, long At);
}
