using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>
/// The embedded store: a cluster's resources in memory, empty at first or loaded from manifests, with the semantics of the API server.
/// One lock guards all; only <see cref="WatchAsync"/> ever waits. A watch ends only when it is cancelled or expires.
/// </summary>
public sealed partial class ManifestClusterStore : IClusterStore
{
    private const int WatchBatch = 64;

    private readonly Lock _gate = new();
    private readonly FrozenDictionary<Type, ObjectTable> _tables;
    private readonly Random _uids;
    private readonly string _clusterUid;
    private long _version = 1;

    public ManifestClusterStore(ManifestStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HistoryLength, 1, nameof(options));
        _uids = new(options.Seed);
        _clusterUid = options.ClusterUid ?? NewUid();
        _tables = StoredKind.All.ToFrozenDictionary(kind => kind.Type, kind => new ObjectTable(kind, options.HistoryLength));
    }

    public Task<string> GetClusterUidAsync(CancellationToken cancellationToken) => Locked(() => _clusterUid, cancellationToken);

    public Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource
    {
        ObjectTable table = Table<T>();
        return Locked(
            () =>
            {
                IEnumerable<T> objects = table.Objects.Values.Cast<T>();
                if (resourceNamespace is not null) objects = objects.Where(one => one.Metadata.Namespace == resourceNamespace);
                return new ResourceList<T>([.. objects], Text(_version));
            },
            cancellationToken);
    }

    public Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource
    {
        ObjectTable table = Table<T>();
        return Locked(() => (T?)table.Find(new(resourceNamespace, name)), cancellationToken);
    }

    public async IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Resource
    {
        ChangeHistory history = Table<T>().History;
        if (!long.TryParse(afterVersion, NumberStyles.None, CultureInfo.InvariantCulture, out long after)) throw StoreErrors.NotAVersion(afterVersion);
        List<HistoryEntry> batch = new(WatchBatch);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task more = Read(history, ref after, resourceNamespace, batch);
            foreach (HistoryEntry entry in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new(entry.Kind, (T)entry.Resource);
            }

            batch.Clear();
            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ObjectTable table = Table<T>();
        return Locked(() => (T)Add(table, ResourceStatus.Without(resource), uid: null), cancellationToken);
    }

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ObjectTable table = Table<T>();
        return Locked(
            () =>
            {
                Resource current = table.Current(resource.Metadata);
                return (T)Replace(table, current, ResourceStatus.Take(resource, current));
            },
            cancellationToken);
    }

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource
    {
        ArgumentNullException.ThrowIfNull(resource);
        ObjectTable table = Table<T>();
        return Locked(
            () =>
            {
                if (!ResourceStatus.IsPartOf(resource)) throw StoreErrors.NoStatus(table.Kind);
                Resource current = table.Current(resource.Metadata);
                return (T)Replace(table, current, ResourceStatus.Take(current, resource));
            },
            cancellationToken);
    }

    public Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource
    {
        ObjectTable table = Table<T>();
        return Locked(
            () =>
            {
                if (table.Find(new(resourceNamespace, name)) is not { } current) return false;
                string? version = current.Metadata.ResourceVersion;
                if (resourceVersion is not null && resourceVersion != version) throw StoreErrors.Conflict(table.Kind.Title(resourceNamespace, name), resourceVersion, version);
                _version++;
                table.Remove(current with { Metadata = current.Metadata with { ResourceVersion = Text(_version) } }, _version);
                return true;
            },
            cancellationToken);
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private Task Read(ChangeHistory history, ref long after, string? resourceNamespace, List<HistoryEntry> batch)
    {
        lock (_gate)
        {
            // A version that is still to come was another store's.
            if (after > _version || history.HasForgottenAfter(after)) throw StoreErrors.Expired(Text(after));
            return history.Read(ref after, resourceNamespace, batch);
        }
    }

    private Resource Add(ObjectTable table, Resource resource, string? uid)
    {
        ResourceMetadata metadata = resource.Metadata;
        if (StoreErrors.BadName(table.Kind, metadata) is { } bad) throw bad;
        if (table.Find(ResourceKey.Of(resource)) is not null) throw StoreErrors.AlreadyExists(table.Kind.Title(metadata.Namespace, metadata.Name));
        _version++;
        Resource filled = DerivedFields.Fill(resource);
        Resource created = filled with { Metadata = filled.Metadata with { Uid = uid ?? NewUid(), ResourceVersion = Text(_version) } };
        table.Put(created, _version);
        return created;
    }

    private Resource Replace(ObjectTable table, Resource current, Resource wanted)
    {
        Resource filled = DerivedFields.Fill(wanted);
        Resource updated = filled with { Metadata = filled.Metadata with { Uid = current.Metadata.Uid, ResourceVersion = current.Metadata.ResourceVersion } };
        if (ResourceContent.Same(updated, current)) return current;
        _version++;
        updated = updated with { Metadata = updated.Metadata with { ResourceVersion = Text(_version) } };
        table.Put(updated, _version);
        return updated;
    }

    private string NewUid()
    {
        Span<byte> octets = stackalloc byte[16];
        _uids.NextBytes(octets);
        return new Guid(octets).ToString();
    }

    private ObjectTable Table<T>()
        where T : Resource => _tables[StoredKind.Of(typeof(T)).Type];

    private Task<TResult> Locked<TResult>(Func<TResult> action, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellationToken);
        try
        {
            lock (_gate) return Task.FromResult(action());
        }
        catch (ClusterStoreException refusal)
        {
            return Task.FromException<TResult>(refusal);
        }
    }
}
