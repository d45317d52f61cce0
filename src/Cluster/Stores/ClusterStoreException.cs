namespace BgpLoadBalancer.Cluster.Stores;

public enum StoreError
{
    NotFound,
    AlreadyExists,

    /// <summary>The object has another version by now: read it again, and decide again.</summary>
    Conflict,

    /// <summary>The version to watch from is too old: list again.</summary>
    Expired,

    /// <summary>The store does not answer; whether a write was done is not known. Try again later.</summary>
    Unavailable,

    /// <summary>Who asks may not do this.</summary>
    Forbidden,

    /// <summary>The store does not take the object as it is.</summary>
    Invalid,
}

/// <summary>Why the store did not do what it was asked to.</summary>
public sealed class ClusterStoreException(StoreError error, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public StoreError Error { get; } = error;
}
