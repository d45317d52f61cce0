using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Cluster.Control;

/// <summary>Something that nobody foresaw about one object, or one part of the work: it is reported, and holds up nothing else.</summary>
/// <param name="Subject">Such as <c>Service default/web</c>.</param>
internal readonly record struct Fault(string Subject, Exception Exception)
{
    public override string ToString() => $"{Subject}: {Describe(Exception)}";

    /// <summary>Of an exception that is not meant for people, the kind says more than the message.</summary>
    public static string Describe(Exception exception) => exception is ClusterStoreException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}";
}
