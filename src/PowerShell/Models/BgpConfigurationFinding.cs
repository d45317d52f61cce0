using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Something in a cluster's configuration that is not as it should be, and what would be right.</summary>
public sealed class BgpConfigurationFinding
{
    internal BgpConfigurationFinding(Finding finding)
    {
        Severity = finding.Severity;
        Rule = finding.Rule;
        File = finding.File;
        Document = finding.Document;
        Line = finding.Line;
        Resource = finding.Resource;
        Path = finding.Path;
        Value = finding.Value;
        Message = finding.Message;
        Advice = finding.Advice;
    }

    public FindingSeverity Severity { get; }

    /// <summary>The number of the requirement.</summary>
    public string Rule { get; }

    public string File { get; }

    /// <summary>The number of the document within its file, from 1.</summary>
    public int Document { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>Kind, namespace and name; empty where they are not known.</summary>
    public string Resource { get; }

    /// <summary>The field; empty for the document itself.</summary>
    public string Path { get; }

    /// <summary>What stands there; null when nothing does.</summary>
    public string? Value { get; }

    public string Message { get; }

    public string Advice { get; }

    /// <summary>For an error or a warning about it: the place as far as it is known, what is wrong, what would be right.</summary>
    internal string ToText()
    {
        string place = File.Length > 0 ? $"{File}:{Line}: " : "";
        // A document that is as a whole not as it should be is found at its kind.
        string subject = string.Join(": ", new[] { Resource, Path == "kind" ? "" : Path }.Where(part => part.Length > 0));
        return $"{place}{(subject.Length > 0 ? $"{subject}: " : "")}{Message} {Advice} ({Rule})";
    }

    public override string ToString() => $"{(File.Length > 0 ? $"{File}:{Line}" : Resource)}: {Severity} {Rule}: {Message} {Advice}";
}
