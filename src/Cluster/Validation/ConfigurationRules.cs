using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation.Rules;

namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>All rules over a configuration (R33) and over a change of one (R34). Findings come sorted by file, document and line.</summary>
public static class ConfigurationRules
{
    private static readonly ImmutableArray<Rule> Always = [.. IdentityRules.All];

    private static readonly ImmutableArray<Rule> WithBgp =
    [
        .. ClusterRules.All, .. ControlPlanePeerRules.All, .. PoolRules.All, .. AddressRules.All, .. FloatingIPRules.All,
        .. BgpPeerRules.All, .. PodCidrRules.All, .. SubnetRules.All, .. ServiceRules.All,
    ];

    /// <summary>Reads the documents of files and checks them together.</summary>
    public static ImmutableArray<Finding> Check(IEnumerable<ManifestFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ManifestFile[] all = [.. files];
        ReadResult read = ResourceReader.Read(all.SelectMany(file => file.Documents));
        ImmutableArray<Finding> found = Sort([.. all.Select(file => file.Problem).OfType<Finding>(), .. read.Findings, .. Check(read.Resources)]);
        return read.Resources.IsEmpty && found.IsEmpty ? [NothingOfOurs(all)] : found;
    }

    /// <summary>Checks resources that were read.</summary>
    public static ImmutableArray<Finding> Check(ImmutableArray<SourcedResource> resources)
    {
        ClusterConfiguration configuration = new(resources);
        List<Finding> findings = [];
        Run(Always, configuration, findings);
        if (configuration.Cluster is { } cluster && cluster.Resource.LoadBalancer.Type != LoadBalancerType.Bgp) findings.Add(ClusterRules.NotBgp(cluster));
        else Run(WithBgp, configuration, findings);
        return Sort(findings);
    }

    /// <summary>
    /// Checks one resource that is to be created, or to take the place of the one with its kind, namespace and name: the findings
    /// about it, and the errors that it brings to others. What was wrong before is left out.
    /// </summary>
    public static ImmutableArray<Finding> CheckOne(ImmutableArray<SourcedResource> existing, SourcedResource candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ImmutableArray<SourcedResource> after = [.. existing.Where(other => other.Title != candidate.Title), candidate];
        HashSet<Finding> before = [.. Check(existing)];
        return Sort(CheckChange(existing, after).Where(finding => finding.Resource == candidate.Title || (finding.Severity == FindingSeverity.Error && !before.Contains(finding))));
    }

    /// <summary>Checks what a configuration is to become, and whether it may become that (R34).</summary>
    public static ImmutableArray<Finding> CheckChange(ImmutableArray<SourcedResource> before, ImmutableArray<SourcedResource> after) =>
        Sort([.. Check(after), .. ChangeRules.Check(new(before), new(after))]);

    /// <summary>
    /// The findings that a change brings: those of <see cref="CheckChange"/> that were not there before, wherever the same thing stood. So what
    /// is wrong already keeps nobody from mending something else. Values of records that were never written, which nobody has read yet, are
    /// checked too: a number out of its range, an IPv6 peer.
    /// </summary>
    public static ImmutableArray<Finding> CheckBrought(ImmutableArray<SourcedResource> before, ImmutableArray<SourcedResource> after)
    {
        Dictionary<object, int> known = Check(before).Concat(Values(before.Except(after))).GroupBy(Same).ToDictionary(group => group.Key, group => group.Count());
        return [.. Values(after.Except(before)).Concat(CheckChange(before, after)).Where(finding =>
        {
            int left = known.GetValueOrDefault(Same(finding));
            known[Same(finding)] = left - 1;
            return left <= 0;
        })];
    }

    /// <summary>Those of some findings that a configuration still has, wherever the same thing stands now.</summary>
    public static ImmutableArray<Finding> StillThere(IEnumerable<Finding> findings, ImmutableArray<SourcedResource> now)
    {
        HashSet<object> known = [.. Check(now).Select(Same)];
        return [.. findings.Where(finding => known.Contains(Same(finding))).DistinctBy(Same)];
    }

    private static ImmutableArray<Finding> Values(IEnumerable<SourcedResource> sources) =>
        ResourceReader.Read(sources.Where(source => source.Document.Number == 0 && source.Resource is not (NodeResource or ServiceResource)).Select(source => source.Document)).Findings;

    // Without the place and the number in a list, which a change moves.
    private static object Same(Finding finding) => (finding.Severity, finding.Rule, finding.Resource, finding.Message);

    // Silence would look like praise.
    private static Finding NothingOfOurs(ManifestFile[] files) => new(
        FindingSeverity.Note,
        "R33",
        files.Length == 0 ? "" : files[0].Path,
        0,
        0,
        "",
        "",
        null,
        "There is no resource of a cluster's load balancing here, so nothing was checked.",
        "Give a file, or a folder of files, with documents of the kinds Cluster, NetworkGatewayGroup, BGPLoadBalancer or BGPPeer.");

    private static void Run(ImmutableArray<Rule> rules, ClusterConfiguration configuration, List<Finding> findings)
    {
        foreach (Rule rule in rules) rule.Check(configuration, new(rule.Number, findings));
    }

    // OrderBy is stable: rules keep their order within a line.
    private static ImmutableArray<Finding> Sort(IEnumerable<Finding> findings) =>
        [.. findings.OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Document).ThenBy(finding => finding.Line)];
}
