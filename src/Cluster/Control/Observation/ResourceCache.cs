using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>
/// All objects of a kind as they were last seen. What the loop itself has written counts as seen at once, so that it does not write it
/// again while the watch is on its way.
/// </summary>
internal sealed class ResourceCache<T>(ObservationHub hub) : IResourceSink<T>
    where T : Resource
{
    private readonly Dictionary<ResourceKey, T> _seen = [];

    // Our own writes that the watch has not shown yet; null: deleted.
    private readonly Dictionary<ResourceKey, T?> _written = [];

    // Versions that the watch showed while a write was on its way; null: a new list came meanwhile.
    private readonly Dictionary<ResourceKey, HashSet<string>?> _writing = [];

    // Keys, not objects: there are only so many, however long nobody asks.
    private readonly HashSet<ChangedKey> _changed = [];
    private ImmutableArray<T>? _all;

    public bool IsSynced { get; private set; }

    /// <summary>Why nothing is seen at the moment; null while all is.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// Called with the lock held for each object that came (the first is null), changed, or went (the second is null), and at a new list for everything. Says
    /// whether the loop is to be woken for it.
    /// </summary>
    public Func<T?, T?, bool>? Seen { get; set; }

    /// <summary>Called with the lock held: false when nothing is seen any more, true before a new list is taken in.</summary>
    public Action<bool>? Connected { get; set; }

    /// <summary>Whether <see cref="TakeChanged"/> is going to be asked; otherwise nothing is kept for it.</summary>
    public bool KeepsChanges { get; set; }

    /// <summary>In no particular order.</summary>
    public ImmutableArray<T> All
    {
        get
        {
            lock (hub.Lock)
            {
                return _all ??= _written.Count == 0
                    ? [.. _seen.Values]
                    : [.. _seen.Where(pair => !_written.ContainsKey(pair.Key)).Select(pair => pair.Value), .. _written.Values.OfType<T>()];
            }
        }
    }

    public T? Find(ResourceKey key)
    {
        lock (hub.Lock) return _written.TryGetValue(key, out T? written) ? written : _seen.GetValueOrDefault(key);
    }

    /// <summary>The keys of every object, old or new, that a change since the last call was about, where <see cref="KeepsChanges"/>.</summary>
    public ImmutableArray<ChangedKey> TakeChanged()
    {
        lock (hub.Lock)
        {
            ImmutableArray<ChangedKey> changed = [.. _changed];
            _changed.Clear();
            return changed;
        }
    }

    /// <summary>Does a write and takes its result in. One at a time for each object.</summary>
    /// <param name="write">Gives the object as it is then; null when it was deleted.</param>
    public async Task WriteAsync(ResourceKey key, Func<Task<T?>> write)
    {
        lock (hub.Lock) _writing[key] = [];
        try
        {
            T? result = await write().ConfigureAwait(false);
            lock (hub.Lock) Written(key, result);
        }
        finally
        {
            lock (hub.Lock) _writing.Remove(key);
        }
    }

    public void Replace(ImmutableArray<T> all)
    {
        lock (hub.Lock)
        {
            if (Problem is not null) hub.Report(new(ControlEventLevel.Information, $"{Kind} are seen again"));
            Connected?.Invoke(true);
            Dictionary<ResourceKey, T> now = all.ToDictionary(ResourceKey.Of);
            foreach ((ResourceKey key, T old) in _seen.Where(pair => !now.ContainsKey(pair.Key)).ToArray()) See(key, old, null);
            foreach ((ResourceKey key, T item) in now) See(key, _seen.GetValueOrDefault(key), item);
            _written.Clear();
            // Whether the list shows what is being written nobody can tell; the watch that follows it does.
            foreach (ResourceKey key in _writing.Keys.ToArray()) _writing[key] = null;
            _all = null;
            IsSynced = true;
            Problem = null;
            hub.Signal();
        }
    }

    public void Change(ResourceChange<T> change)
    {
        lock (hub.Lock)
        {
            T resource = change.Resource;
            ResourceKey key = ResourceKey.Of(resource);
            bool deleted = change.Kind == ResourceChangeKind.Deleted;
            if (_writing.TryGetValue(key, out HashSet<string>? versions)) _ = versions?.Add(deleted ? "" : resource.Metadata.ResourceVersion ?? "");
            if (_written.TryGetValue(key, out T? written) && (written is null ? deleted : written.Metadata.ResourceVersion == resource.Metadata.ResourceVersion)) _ = _written.Remove(key);
            See(key, _seen.GetValueOrDefault(key) ?? (deleted ? resource : null), deleted ? null : resource);
            _all = null;
        }
    }

    public void Interrupt(Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        lock (hub.Lock)
        {
            string why = Fault.Describe(reason);
            if (Problem is null) hub.Report(new(ControlEventLevel.Warning, $"{Kind} are not seen", Error: why));
            Problem = $"{Kind} are not seen: {why}";
            Connected?.Invoke(false);
        }
    }

    private static string Kind => $"{StoredKind.Of(typeof(T)).Name} objects";

    private void See(ResourceKey key, T? old, T? now)
    {
        if (now is null) _ = _seen.Remove(key);
        else _seen[key] = now;
        if (Seen?.Invoke(old, now) != false) hub.Signal();
        if (old is not null && now is not null && old.Metadata.ResourceVersion == now.Metadata.ResourceVersion) return;
        Note(old, now);
    }

    private void Note(T? old, T? now)
    {
        if (!KeepsChanges) return;
        if (old is not null) _ = _changed.Add(ChangedKey.Of(old));
        if (now is not null) _ = _changed.Add(ChangedKey.Of(now));
    }

    private void Written(ResourceKey key, T? result)
    {
        if (_writing[key] is not { } versions) return;
        bool shown = versions.Contains(result is null ? "" : result.Metadata.ResourceVersion ?? "")
            || (result is null ? !_seen.ContainsKey(key) : _seen.GetValueOrDefault(key)?.Metadata.ResourceVersion == result.Metadata.ResourceVersion);
        if (shown) return;
        Note(_written.GetValueOrDefault(key) ?? _seen.GetValueOrDefault(key), result);
        _written[key] = result;
        _all = null;
    }
}
