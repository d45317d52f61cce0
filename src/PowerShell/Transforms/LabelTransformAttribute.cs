using System.Collections;
using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Transforms;

/// <summary>Takes labels as a table, or as text in the way of Kubernetes: <c>a=1,b=2</c>. An empty text, as a CSV row has it, is no value.</summary>
public sealed class LabelTransformAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => inputData switch
    {
        PSObject wrapped => Transform(engineIntrinsics, wrapped.BaseObject),
        string text when string.IsNullOrWhiteSpace(text) => null,
        string text => Parse(text.Split(',')),
        object?[] many when many.Length > 0 && many.All(one => one is string or PSObject { BaseObject: string }) => Parse(many.Select(one => one!.ToString()!)),
        _ => inputData,
    };

    private static Hashtable Parse(IEnumerable<string> texts)
    {
        Hashtable labels = new(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new ArgumentTransformationMetadataException($"'{text.Trim()}' is not a label: write a table such as @{{ rack = 'r1' }}, or text such as rack=r1,row=2.");
            labels[text[..equals].Trim()] = text[(equals + 1)..].Trim();
        }

        return labels;
    }
}
