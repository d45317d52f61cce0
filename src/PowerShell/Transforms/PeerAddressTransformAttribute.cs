using System.Management.Automation;
using System.Net;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes addresses of peers, and objects that have one, such as those of Get-BgpPeer.</summary>
public sealed class PeerAddressTransformAttribute : ArgumentTransformationAttribute
{
    private const string Property = "PeerIPAddress";

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (inputData is object?[] many) return many.Select(one => Transform(engineIntrinsics, one)).ToArray();
        object? address = inputData is null or string or IPAddress ? inputData : PSObject.AsPSObject(inputData).Properties[Property]?.Value ?? inputData;
        return new IPAddressTransformAttribute().Transform(engineIntrinsics, address);
    }
}
