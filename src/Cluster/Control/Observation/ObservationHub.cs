using System.Threading.Channels;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>
/// The caches that one control loop decides upon, with one lock and one signal for all: so a loop sees them at one moment, and many changes
/// wake it once.
/// </summary>
internal sealed class ObservationHub(TimeProvider timeProvider, Random random, Action<ControlEvent> report)
{
    // Timers take no more than 49 days; to wake up early does no harm.
    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(1);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<Func<CancellationToken, Task>> _reflectors = [];
    private readonly List<Func<bool>> _synced = [];
    private readonly List<Func<string?>> _problems = [];
    private readonly Dictionary<(Type Kind, IClusterStore Store), object> _caches = [];

    public Lock Lock { get; } = new();

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Every cache has been filled once.</summary>
    public bool IsSynced
    {
        get
        {
            lock (Lock) return _synced.TrueForAll(synced => synced());
        }
    }

    /// <summary>Every cache is filled, and none has lost sight of the store since.</summary>
    public bool IsCurrent
    {
        get
        {
            lock (Lock) return IsSynced && Problem is null;
        }
    }

    /// <summary>What is not seen at the moment, and why; null while all is.</summary>
    public string? Problem
    {
        get
        {
            lock (Lock) return _problems.Select(problem => problem()).FirstOrDefault(problem => problem is not null);
        }
    }

    /// <summary>Before <see cref="RunAsync"/> only.</summary>
    public ResourceCache<T> Add<T>(IClusterStore store, string? resourceNamespace)
        where T : Resource
    {
        ResourceCache<T> cache = new(this);
        // The generator is shared by loops that run side by side.
        Random own = new(random.Next());
        _reflectors.Add(cancellation => new Reflector<T>(store, resourceNamespace, cache, timeProvider, own).RunAsync(cancellation));
        _synced.Add(() => cache.IsSynced);
        _problems.Add(() => cache.Problem);
        _caches.Add((typeof(T), store), cache);
        return cache;
    }

    /// <summary>The cache of a kind from a store; null when that is not watched.</summary>
    public ResourceCache<T>? Find<T>(IClusterStore store)
        where T : Resource => (ResourceCache<T>?)_caches.GetValueOrDefault((typeof(T), store));

    /// <summary>Keeps the caches up to date until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // If one ends by a fault of ours the others must not go on as if it were there.
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] running = [.. _reflectors.Select(run => run(either.Token))];
        await Task.WhenAny(running).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    public void Signal() => _signal.Writer.TryWrite(true);

    public void Report(ControlEvent happened) => report(happened);

    /// <summary>Returns when something has changed since the last return, or when the time is over.</summary>
    /// <param name="atMost">Null: however long it takes.</param>
    public async Task WaitAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        if (_signal.Reader.TryRead(out _)) return;
        if (atMost <= TimeSpan.Zero) return;
        using CancellationTokenSource timer = new(atMost is null ? Timeout.InfiniteTimeSpan : atMost < s_longestTimer ? atMost.Value : s_longestTimer, timeProvider);
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
