using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes addresses as a list, or as one text with commas between, as a CSV row has them. An empty text is no value.</summary>
public sealed class IPAddressListTransformAttribute : ArgumentTransformationAttribute
{
    private static readonly ListTransformAttribute List = new();
    private static readonly IPAddressTransformAttribute Address = new();

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Address.Transform(engineIntrinsics, List.Transform(engineIntrinsics, inputData));
}
