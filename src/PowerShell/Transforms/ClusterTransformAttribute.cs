using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes a cluster by its name or as the object that Get-BgpCluster gives.</summary>
public sealed class ClusterTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        BgpCluster cluster => cluster.Name,
        object?[] many => many.Select(one => Transform(engineIntrinsics, one)).ToArray(),
        _ => inputData,
    };
}
