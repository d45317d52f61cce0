namespace BgpLoadBalancer.PowerShell.Loading;

/// <summary>Which file answers an assembly name in a plug-in: a pure function of the names of the files that are there.</summary>
internal static class AssemblyResolution
{
    private const string Extension = ".dll";

    // What the module and its plug-ins both speak of.
    private static readonly HashSet<string> s_shared = new(StringComparer.OrdinalIgnoreCase)
    {
        "BgpLoadBalancer", "BgpLoadBalancer.Bgp", "BgpLoadBalancer.Cluster", "BgpLoadBalancer.Node",
    };

    private static readonly string[] s_hostPrefixes = ["System.Management.Automation", "Microsoft.PowerShell.", "Microsoft.Management.Infrastructure"];

    /// <param name="name">The simple name, without version: each folder holds one of a kind.</param>
    /// <param name="moduleFiles">The paths of the files in bin/.</param>
    /// <param name="dependencyFiles">The paths of the files in bin/Dependencies.</param>
    public static AssemblySource Resolve(string name, IEnumerable<string> moduleFiles, IEnumerable<string> dependencyFiles)
    {
        if (s_shared.Contains(name)) return From(AssemblyOrigin.Shared, name, moduleFiles);
        if (s_hostPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) return default;
        return From(AssemblyOrigin.Private, name, dependencyFiles);
    }

    private static AssemblySource From(AssemblyOrigin origin, string name, IEnumerable<string> files) =>
        files.FirstOrDefault(file => string.Equals(Path.GetFileName(file), name + Extension, StringComparison.OrdinalIgnoreCase)) is { } path
            ? new(origin, path)
            : default;
}
