using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes what names prefixes to look for, one or many: text with or without wildcards, prefixes, and routes for their prefix.</summary>
public sealed class PrefixPatternTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject { BaseObject: IPNetwork or BgpRoute } wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        IPNetwork prefix => prefix.ToString(),
        BgpRoute route => route.Prefix.ToString(),
        _ => inputData,
    };
}
