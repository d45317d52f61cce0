using System.Globalization;
using System.Management.Automation;
using System.Net;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes text or addresses, one or many; 1 is not an address here, though .NET would take it for 0.0.0.1 or 1.0.0.0.</summary>
public sealed class IPAddressTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text => Parse(text),
        int or long or uint or ulong or double => Parse(Convert.ToString(inputData, CultureInfo.InvariantCulture)!),
        object?[] many => many.Select(one => Transform(engineIntrinsics, one)).ToArray(),
        _ => inputData,
    };

    private static IPAddress? Parse(string text)
    {
        // An empty field of a CSV row is no address at all.
        if (string.IsNullOrWhiteSpace(text)) return null;
        return IPAddress.TryParse(text.Trim(), out IPAddress? address) && (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || text.Count('.') == 3)
            ? address
            : throw new ArgumentTransformationMetadataException($"'{text}' is not an IP address: write it such as 10.0.1.1 or 2001:db8::1.");
    }
}
