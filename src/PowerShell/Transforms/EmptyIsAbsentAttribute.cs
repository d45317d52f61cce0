using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>
/// For values that may stand in a table as text: an empty field is no value, where PowerShell would make zero of it, and
/// "false" is false, where PowerShell would take any text for true.
/// </summary>
public sealed class EmptyIsAbsentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject { BaseObject: string text } => Transform(engineIntrinsics, text),
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text when bool.TryParse(text, out bool truth) => truth,
        _ => inputData,
    };
}
