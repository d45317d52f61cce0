using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes prefixes and addresses, as text or objects; an address is its /32 or /128.</summary>
public sealed class PrefixTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text => IPPrefix.TryParse(text.Trim(), null, out IPPrefix prefix)
            ? prefix.ToIPNetwork()
            : throw new ArgumentTransformationMetadataException($"'{text}' is not a prefix: write an address, a slash and a length, such as 203.0.113.1/32, with no bits set beyond the length."),
        IPAddress address => IPPrefix.Host(address).ToIPNetwork(),
        object?[] many => many.Select(one => Transform(engineIntrinsics, one)).ToArray(),
        _ => inputData,
    };
}
