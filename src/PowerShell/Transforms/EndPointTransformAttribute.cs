using System.Management.Automation;
using System.Net;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes an address with its port as text; .NET would take one without a port, as port 0.</summary>
public sealed class EndPointTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text => IPEndPoint.TryParse(text.Trim(), out IPEndPoint? endPoint) && endPoint.Port > 0
            ? endPoint
            : throw new ArgumentTransformationMetadataException($"'{text}' is not an address with a port: write it such as 127.0.0.1:8080 or [::1]:8080."),
        _ => inputData,
    };
}
