using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>A change with its version as a number.</summary>
internal readonly record struct HistoryEntry(long Version, ResourceChangeKind Kind, Resource Resource);

/// <summary>
/// The last changes of a kind, by rising version, that all watchers of it read from: a slow one costs no memory, and finds its place gone
/// in the end. Not synchronized: the store's lock guards it.
/// </summary>
/// <param name="capacity">How many changes are kept.</param>
internal sealed class ChangeHistory(int capacity)
{
    private readonly List<HistoryEntry> _entries = [];
    private int _first;
    private long _forgotten;
    private TaskCompletionSource? _changed;

    public void Add(HistoryEntry entry)
    {
        if (_entries.Count < capacity)
        {
            _entries.Add(entry);
        }
        else
        {
            _forgotten = _entries[_first].Version;
            _entries[_first] = entry;
            _first = (_first + 1) % capacity;
        }

        _changed?.SetResult();
        _changed = null;
    }

    /// <summary>Whether a change after that version is no longer here.</summary>
    public bool HasForgottenAfter(long version) => version < _forgotten;

    /// <summary>Adds changes after a version to a batch, at most as many as it has room for.</summary>
    /// <param name="resourceNamespace">Null: of all namespaces.</param>
    /// <param name="after">Becomes the version up to which nothing is left to be read.</param>
    /// <returns>Ends when there is more to read.</returns>
    public Task Read(ref long after, string? resourceNamespace, List<HistoryEntry> batch)
    {
        for (int i = IndexAfter(after); i < _entries.Count; i++)
        {
            HistoryEntry entry = At(i);
            if (resourceNamespace is null || entry.Resource.Metadata.Namespace == resourceNamespace)
            {
                if (batch.Count == batch.Capacity) return Task.CompletedTask;
                batch.Add(entry);
            }

            after = entry.Version;
        }

        // Watchers go on elsewhere, not within the write that woke them.
        _changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changed.Task;
    }

    private HistoryEntry At(int index) => _entries[(_first + index) % _entries.Count];

    private int IndexAfter(long version)
    {
        (int low, int high) = (0, _entries.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (At(middle).Version <= version) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
