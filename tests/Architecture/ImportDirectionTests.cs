namespace BgpLoadBalancer.Architecture.Tests;

/// <summary>Imports run one way: Bgp ← Cluster ← Node ← the executables and the module; Kubernetes only ← Agent.</summary>
public sealed class ImportDirectionTests
{
    // A folder under src/, and the folders that it may import.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Bgp"] = [],
        ["Yaml"] = [],
        ["Cluster"] = ["Bgp"],
        ["Node"] = ["Bgp", "Cluster"],
        ["Kubernetes"] = ["Bgp", "Cluster", "Yaml"],
        ["Advertiser"] = ["Bgp", "Cluster", "Node", "Yaml"],
        ["Agent"] = ["Bgp", "Cluster", "Node", "Yaml", "Kubernetes"],
        ["PowerShell"] = ["Bgp", "Cluster", "Node"],
    };

    // A library, and the only folder that may see it.
    private static readonly Dictionary<string, string> Owners = new()
    {
        ["YamlDotNet"] = "Yaml",
        ["KubernetesClient"] = "Kubernetes",
        ["System.Management.Automation"] = "PowerShell",
    };

    public static TheoryData<string> Folders => [.. AssemblyImports.OfSources.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> CoreFolders => [.. AssemblyImports.OfSources.Keys.Intersect(["Bgp", "Cluster"])];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_project_imports_only_what_stands_below_it(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out string[]? allowed), $"src/{folder} has no rule in {nameof(ImportDirectionTests)}.");
        IEnumerable<string> imports = AssemblyImports.OfSources
            .Where(other => AssemblyImports.OfSources[folder].References.Contains(other.Value.Name))
            .Select(other => other.Key);
        Assert.Empty(imports.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_library_is_seen_only_by_the_project_that_wraps_it(string folder)
    {
        IEnumerable<string> foreign = Owners
            .Where(library => library.Value != folder && AssemblyImports.OfSources[folder].References.Contains(library.Key))
            .Select(library => library.Key);
        Assert.Empty(foreign);
    }

    [Theory]
    [MemberData(nameof(CoreFolders))]
    public void The_core_uses_nothing_but_the_base_class_library(string folder)
    {
        string shared = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        HashSet<string> ours = [.. AssemblyImports.OfSources.Values.Select(source => source.Name)];
        IEnumerable<string> foreign = AssemblyImports.OfSources[folder].References
            .Where(name => !ours.Contains(name) && !File.Exists(Path.Combine(shared, name + ".dll")));
        Assert.Empty(foreign);
    }
}
