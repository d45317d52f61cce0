using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace BgpLoadBalancer.Architecture.Tests;

/// <summary>What an assembly says that it references, read from its metadata without loading it.</summary>
internal sealed record AssemblyImports(string Name, IReadOnlySet<string> References)
{
    // bin/CONFIGURATION/FRAMEWORK of this test and of the projects that were built with it.
    private static readonly string Output = Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."), AppContext.BaseDirectory);

    /// <summary>The assemblies that the projects under src/ made, by the names of their folders.</summary>
    public static IReadOnlyDictionary<string, AssemblyImports> OfSources { get; } = Directory
        .EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(project => Path.GetFileName(Path.GetDirectoryName(project))!, project => Read(AssemblyOf(project)));

    private static string AssemblyOf(string project)
    {
        System.Xml.Linq.XDocument document = System.Xml.Linq.XDocument.Load(project);
        string name = document.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
        return Path.Combine(Path.GetDirectoryName(project)!, Output, name + ".dll");
    }

    private static AssemblyImports Read(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return new(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet());
    }
}
