using BgpLoadBalancer.Cluster.Reading;

namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>One rule over a configuration, with the number of its requirement.</summary>
internal sealed record Rule(string Number, Action<ClusterConfiguration, RuleReport> Check);

/// <summary>Takes the findings of one rule.</summary>
internal sealed class RuleReport(string number, List<Finding> findings)
{
    public void Error(SourcedResource source, string path, string message, string advice) => findings.Add(source.Finding(FindingSeverity.Error, number, path, message, advice));

    public void Warning(SourcedResource source, string path, string message, string advice) => findings.Add(source.Finding(FindingSeverity.Warning, number, path, message, advice));

    public void Note(SourcedResource source, string path, string message, string advice) => findings.Add(source.Finding(FindingSeverity.Note, number, path, message, advice));
}
