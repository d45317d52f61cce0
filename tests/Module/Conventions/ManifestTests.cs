using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Conventions;

/// <summary>The manifest says what the module is, and the staged folder holds what it says.</summary>
public sealed class ManifestTests
{
    private readonly System.Collections.Hashtable _manifest = Read();

    [Fact]
    public void It_exports_the_cmdlets_that_are_there_and_nothing_else()
    {
        Assert.Equal(ModuleTypes.Cmdlets.Keys.Order(StringComparer.Ordinal), List("CmdletsToExport"));
        Assert.All(["FunctionsToExport", "VariablesToExport", "AliasesToExport"], key => Assert.Empty(List(key)));
    }

    [Fact]
    public void The_engine_sees_the_same()
    {
        using Shell shell = new();
        PSModuleInfo module = shell.One<PSModuleInfo>("Get-Module BgpLoadBalancer");
        Assert.Equal(List("CmdletsToExport"), module.ExportedCommands.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(StagedModule.Folder, module.ModuleBase);
    }

    [Fact]
    public void Its_version_is_the_assemblies()
    {
        string version = ModuleTypes.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Assert.Equal(version.Split('+', '-')[0], _manifest["ModuleVersion"]);
    }

    [Fact]
    public void It_is_for_the_PowerShell_that_is_supported()
    {
        Assert.Equal("7.6", _manifest["PowerShellVersion"]);
        Assert.Equal(["Core"], List("CompatiblePSEditions"));
    }

    [Fact]
    public void The_files_that_it_names_are_there()
    {
        Assert.True(File.Exists(Path.Combine(StagedModule.Folder, (string)_manifest["RootModule"]!)));
        Assert.All(List("FormatsToProcess"), file => Assert.True(File.Exists(Path.Combine(StagedModule.Folder, file)), file));
    }

    [Fact]
    public void Beside_the_module_stand_only_its_own_assemblies() =>
        Assert.Equal(["BgpLoadBalancer.Bgp.dll", "BgpLoadBalancer.Cluster.dll", "BgpLoadBalancer.Node.dll", "BgpLoadBalancer.dll"], Libraries(StagedModule.Assemblies));

    [Fact]
    public void What_other_modules_may_bring_stands_apart() =>
        Assert.Equal(["BgpLoadBalancer.Kubernetes.dll", "BgpLoadBalancer.Yaml.dll", "YamlDotNet.dll"], Libraries(Path.Combine(StagedModule.Assemblies, "Dependencies")));

    private static IEnumerable<string> Libraries(string folder) => Directory.GetFiles(folder, "*.dll").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    private static System.Collections.Hashtable Read()
    {
        ScriptBlockAst script = Parser.ParseFile(StagedModule.Manifest, out _, out ParseError[] errors);
        Assert.Empty(errors);
        return (System.Collections.Hashtable)script.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue();
    }

    private IEnumerable<string> List(string key) => ((object[])_manifest[key]!).Cast<string>();
}
