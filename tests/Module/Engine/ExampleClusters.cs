using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>The worked configurations of examples/clusters, connected under names that no other test has, and copies of them to change.</summary>
internal sealed class ExampleClusters(Shell shell) : IDisposable
{
    private static readonly string s_root = Find();
    private static int s_number;

    private readonly List<string> _names = [];

    /// <summary>A folder for what a test writes; gone at its end.</summary>
    public DirectoryInfo Work { get; } = Directory.CreateTempSubdirectory("bgp-clusters-");

    public static string Folder(string example) => Path.Combine(s_root, "examples", "clusters", example);

    /// <summary>A name that no other test has; disconnected at the end of this one.</summary>
    public string NewName()
    {
        string name = $"example-{Interlocked.Increment(ref s_number)}";
        _names.Add(name);
        return name;
    }

    /// <summary>Connects an example, or another path, and makes it the default of the shell.</summary>
    public string Connect(string pathOrExample)
    {
        string name = NewName();
        string path = Path.IsPathRooted(pathOrExample) ? pathOrExample : Folder(pathOrExample);
        Assert.Equal(name, shell.One<BgpCluster>($"Connect-BgpCluster '{path}' -Name {name} -WarningAction SilentlyContinue").Name);
        return name;
    }

    /// <summary>A copy of an example's manifests, to change.</summary>
    public string Copy(string example)
    {
        DirectoryInfo copy = Work.CreateSubdirectory(example);
        foreach (string file in Directory.GetFiles(Folder(example), "*.yaml")) File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)), overwrite: true);
        return copy.FullName;
    }

    public string Write(string name, string text)
    {
        string file = Path.Combine(Work.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        foreach (string name in _names) shell.Invoke($"Disconnect-BgpCluster {name}");
        Work.Delete(recursive: true);
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BgpLoadBalancer.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("These tests run within the repository.");
    }
}
