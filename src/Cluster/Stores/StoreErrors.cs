using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Stores;

/// <summary>What the embedded store refuses, in words.</summary>
internal static class StoreErrors
{
    public static ClusterStoreException NotFound(string title) => new(StoreError.NotFound, $"There is no {title}.");

    public static ClusterStoreException AlreadyExists(string title) => new(StoreError.AlreadyExists, $"There is a {title} already.");

    public static ClusterStoreException Conflict(string title, string? version, string? current) =>
        new(StoreError.Conflict, $"{title} has the version {current} by now, not {version}: read it again.");

    public static ClusterStoreException OtherUid(string title) => new(StoreError.Conflict, $"{title} was deleted and created again since it was read: read it again.");

    public static ClusterStoreException Expired(string version) =>
        new(StoreError.Expired, $"The changes after version {version} are not all here any more: list again, and watch from the version of the list.");

    public static ClusterStoreException NotAVersion(string version) => new(StoreError.Invalid, $"'{version}' is not a resource version of this store: take one from a list or an object.");

    public static ClusterStoreException NoVersion(string title) => new(StoreError.Invalid, $"{title} cannot be updated without the resource version that it was read with.");

    public static ClusterStoreException NoStatus(StoredKind kind) => new(StoreError.Invalid, $"A {kind.Name} has no status: update it as a whole.");

    /// <summary>Why an object cannot be stored under its name; null when it can.</summary>
    public static ClusterStoreException? BadName(StoredKind kind, ResourceMetadata metadata)
    {
        if (!ResourceName.IsValid(metadata.Name)) return new(StoreError.Invalid, $"'{metadata.Name}' is no name for a {kind.Name}: write small letters, digits, '-' and '.', with a letter or digit at both ends.");
        if (!kind.IsNamespaced) return metadata.Namespace.Length == 0 ? null : new(StoreError.Invalid, $"{kind.Name} {metadata.Name} is given the namespace '{metadata.Namespace}', and a {kind.Name} has none.");
        return ResourceName.IsValid(metadata.Namespace) ? null : new(StoreError.Invalid, $"{kind.Name} {metadata.Name} needs a namespace, and '{metadata.Namespace}' is none.");
    }
}
