using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>For switches that may stand in a table as text: an empty field is false, where PowerShell would take it for true, and so is "false".</summary>
public sealed class EmptyIsFalseAttribute : ArgumentTransformationAttribute
{
    private static readonly EmptyIsAbsentAttribute Text = new();

    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Text.Transform(engineIntrinsics, inputData) ?? false;
}
