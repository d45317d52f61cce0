using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>The module as it is staged beside these tests.</summary>
internal static class StagedModule
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "module");

    public static string Manifest { get; } = Path.Combine(Folder, "BgpLoadBalancer.psd1");

    public static string Assemblies { get; } = Path.Combine(Folder, "bin");

    /// <summary>Lets the tests name the module's types: they are those of the staged files, as PowerShell loads them.</summary>
    [ModuleInitializer]
    internal static void ResolveFromModule() => AssemblyLoadContext.Default.Resolving += static (context, name) => Find(context, name);

    private static Assembly? Find(AssemblyLoadContext context, AssemblyName name)
    {
        string path = Path.Combine(Assemblies, name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    }
}
