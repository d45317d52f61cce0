using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Reconciling;

/// <summary>Short forms for the writes of one cluster.</summary>
internal static class Writes
{
    public static StoreWrite Create<T>(T resource, params PlanStep[] steps)
        where T : Resource => new StoreWrite<T>(StoreWriteAction.Create, resource, ToConfiguration: false, [.. steps]);

    public static StoreWrite Update<T>(T resource, params PlanStep[] steps)
        where T : Resource => new StoreWrite<T>(StoreWriteAction.Update, resource, ToConfiguration: false, [.. steps]);

    public static StoreWrite UpdateStatus<T>(T resource, params PlanStep[] steps)
        where T : Resource => new StoreWrite<T>(StoreWriteAction.UpdateStatus, resource, ToConfiguration: false, [.. steps]);

    public static StoreWrite Delete<T>(T resource, params PlanStep[] steps)
        where T : Resource => new StoreWrite<T>(StoreWriteAction.Delete, resource, ToConfiguration: false, [.. steps]);
}
