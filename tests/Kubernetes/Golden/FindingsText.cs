using System.Text;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Kubernetes.Tests.Golden;

/// <summary>The findings of some files as the golden files hold them.</summary>
internal static class FindingsText
{
    public static string Of(IEnumerable<ManifestFile> files)
    {
        StringBuilder text = new();
        foreach (Finding finding in ConfigurationRules.Check(files))
        {
            string place = $"{Path.GetFileName(finding.File)}:{finding.Line} (document {finding.Document})";
            text.Append($"{finding.Severity} {finding.Rule} {place}");
            if (finding.Resource.Length > 0) text.Append($" {finding.Resource}");
            text.Append('\n');
            if (finding.Path.Length > 0) text.Append($"  {finding.Path}{(finding.Value is null ? "" : $" = {finding.Value}")}\n");
            text.Append($"  {finding.Message}\n  {finding.Advice}\n");
        }

        return text.ToString();
    }
}
