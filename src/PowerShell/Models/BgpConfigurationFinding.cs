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

    public override string ToString() => $"{File}:{Line}: {Severity} {Rule}: {Message} {Advice}";
}
