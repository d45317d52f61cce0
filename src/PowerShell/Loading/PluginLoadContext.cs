using System.Reflection;
using System.Runtime.Loader;

namespace BgpLoadBalancer.PowerShell.Loading;

/// <summary>
/// Holds the plug-ins and the libraries that only they use, so that another module's version of the same library does not
/// matter. It lives as long as the process.
/// </summary>
internal sealed class PluginLoadContext(string moduleFolder) : AssemblyLoadContext("BgpLoadBalancer plug-ins")
{
    private const string DependencyFolder = "Dependencies";

    private readonly string[] _moduleFiles = Directory.GetFiles(moduleFolder, "*.dll");
    private readonly string[] _dependencyFiles = Directory.GetFiles(Path.Combine(moduleFolder, DependencyFolder), "*.dll");

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        AssemblySource source = AssemblyResolution.Resolve(assemblyName.Name ?? "", _moduleFiles, _dependencyFiles);
        return source.Origin switch
        {
            AssemblyOrigin.Private => LoadFromAssemblyPath(source.Path!),
            // In the context of the module, where it is the same assembly for everybody.
            AssemblyOrigin.Shared => (GetLoadContext(typeof(PluginLoadContext).Assembly) ?? Default).LoadFromAssemblyPath(source.Path!),
            _ => null,
        };
    }
}
