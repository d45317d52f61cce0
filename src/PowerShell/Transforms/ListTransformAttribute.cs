using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes a list as PowerShell has it, or as one text with commas between, as a CSV row has it. An empty text is no value.</summary>
public sealed class ListTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text => Split(text),
        object?[] many => many.SelectMany(Elements).ToArray(),
        _ => inputData,
    };

    private static string[] Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<object?> Elements(object? one) => one switch
    {
        PSObject wrapped => Elements(wrapped.BaseObject),
        string text => Split(text),
        _ => [one],
    };
}
