using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>The objects of one kind and their last changes. Not synchronized: the store's lock guards it.</summary>
internal sealed class ObjectTable(StoredKind kind, int historyLength)
{
    public StoredKind Kind { get; } = kind;

    public ImmutableSortedDictionary<ResourceKey, Resource> Objects { get; private set; } = ImmutableSortedDictionary<ResourceKey, Resource>.Empty;

    public ChangeHistory History { get; } = new(historyLength);

    public Resource? Find(ResourceKey key) => Objects.GetValueOrDefault(key);

    /// <summary>Puts an object in, in the place of the one with its name if there is one, and remembers the change.</summary>
    public void Put(Resource resource, long version)
    {
        ResourceKey key = ResourceKey.Of(resource);
        History.Add(new(version, Objects.ContainsKey(key) ? ResourceChangeKind.Modified : ResourceChangeKind.Added, resource));
        Objects = Objects.SetItem(key, resource);
    }

    /// <param name="last">As it is told to those who watch.</param>
    public void Remove(Resource last, long version)
    {
        History.Add(new(version, ResourceChangeKind.Deleted, last));
        Objects = Objects.Remove(ResourceKey.Of(last));
    }

    /// <summary>The stored object that a write is about, if it may be written.</summary>
    /// <exception cref="ClusterStoreException"><see cref="StoreError.NotFound"/>, <see cref="StoreError.Conflict"/>; <see cref="StoreError.Invalid"/> without a version.</exception>
    public Resource Current(ResourceMetadata written)
    {
        string title = Kind.Title(written.Namespace, written.Name);
        if (string.IsNullOrEmpty(written.ResourceVersion)) throw StoreErrors.NoVersion(title);
        Resource current = Find(new(written.Namespace, written.Name)) ?? throw StoreErrors.NotFound(title);
        if (written.Uid is { } uid && uid != current.Metadata.Uid) throw StoreErrors.OtherUid(title);
        return written.ResourceVersion == current.Metadata.ResourceVersion ? current : throw StoreErrors.Conflict(title, written.ResourceVersion, current.Metadata.ResourceVersion);
    }
}
