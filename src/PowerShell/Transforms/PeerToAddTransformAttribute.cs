using System.Collections;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.PowerShell.Commands.Planning;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes addresses, hashtables, and objects with the properties of a peer, one or many.</summary>
public sealed class PeerToAddTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        object?[] many => many.Select(one => Transform(engineIntrinsics, one)).ToArray(),
        PSObject { BaseObject: not PSCustomObject } wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string or IPAddress => new IPAddressTransformAttribute().Transform(engineIntrinsics, inputData) is IPAddress address ? new PeerToAdd(address) : throw new ArgumentTransformationMetadataException("A peer to add needs an address."),
        IDictionary table => new PeerToAdd(name => table.Keys.Cast<object>().Where(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase)).Select(key => table[key]).FirstOrDefault()),
        PeerToAdd peer => peer,
        null => throw new ArgumentTransformationMetadataException("A peer to add needs an address."),
        _ => new PeerToAdd(name => PSObject.AsPSObject(inputData).Properties[name]?.Value),
    };
}
