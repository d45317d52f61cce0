using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes a speaker by its name or as the object that Get-BgpSpeaker gives.</summary>
public sealed class SpeakerTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        BgpSpeaker speaker => speaker.Name,
        object?[] many => many.Select(one => Transform(engineIntrinsics, one)).ToArray(),
        _ => inputData,
    };
}
