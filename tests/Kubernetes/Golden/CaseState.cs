using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Golden;

/// <summary>
/// A cluster as the files of a folder have it, and, in <c>settings.txt</c>, what no manifest says. Its lines are <c>nodes without lease: NAME, NAME</c>,
/// <c>withdraw without endpoints: no</c> and <c>placement: given</c>.
/// </summary>
/// <param name="Files">The manifests, by name.</param>
internal sealed record CaseState(ImmutableArray<ManifestFile> Files, ImmutableArray<string> Settings)
{
    private const string SettingsFile = "settings.txt";

    /// <param name="before">What the state before has, for files that the folder has none of that name for.</param>
    public static CaseState Read(string folder, CaseState? before = null)
    {
        ImmutableArray<ManifestFile> own = new YamlManifestFormat().Read(folder);
        HashSet<string> names = [.. own.Select(file => Path.GetFileName(file.Path))];
        string settings = Path.Combine(folder, SettingsFile);
        return new(
            [.. own.Concat(before?.Files.Where(file => !names.Contains(Path.GetFileName(file.Path))) ?? []).OrderBy(file => Path.GetFileName(file.Path), StringComparer.Ordinal)],
            File.Exists(settings) ? [.. File.ReadAllLines(settings)] : before?.Settings ?? []);
    }

    public string Findings() => FindingsText.Of(Files);

    public bool HasCluster => Resources().OfType<ClusterResource>().Any();

    /// <summary>The first of each kind and name: a second one is an error that the findings tell.</summary>
    public Resource[] Resources() =>
        [.. ResourceReader.Read(Files.SelectMany(file => file.Documents)).Resources.Select(source => source.Resource).DistinctBy(resource => (resource.GetType(), resource.Metadata.Namespace, resource.Metadata.Name))];

    public ClusterSnapshot Snapshot()
    {
        Resource[] resources = Resources();
        ClusterSnapshot snapshot = new()
        {
            Cluster = resources.OfType<ClusterResource>().First(),
            NetworkGatewayGroup = resources.OfType<NetworkGatewayGroupResource>().FirstOrDefault(),
            BgpLoadBalancer = resources.OfType<BgpLoadBalancerResource>().FirstOrDefault(),
            BgpPeers = [.. resources.OfType<BgpPeerResource>()],
            Nodes = [.. resources.OfType<NodeResource>()],
            Services = [.. resources.OfType<ServiceResource>()],
            EndpointSlices = [.. resources.OfType<EndpointSliceResource>()],
        };
        return Settings.Aggregate(snapshot, Apply);
    }

    private static ClusterSnapshot Apply(ClusterSnapshot snapshot, string line) => line.Split(": ") switch
    {
        ["nodes without lease", string names] => snapshot with { NodesWithoutLease = [.. names.Split(", ")] },
        ["withdraw without endpoints", "no"] => snapshot with { WithdrawWithoutEndpoints = false },
        ["placement", "given"] => snapshot with { PlacementIsGiven = true },
        _ => throw new FormatException($"{SettingsFile}: '{line}' is no setting."),
    };
}
