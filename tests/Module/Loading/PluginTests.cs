using System.Collections;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell;
using BgpLoadBalancer.PowerShell.Loading;

namespace BgpLoadBalancer.Module.Tests.Loading;

/// <summary>Design rule 8 in a process where another module has brought its own YamlDotNet first.</summary>
public sealed class PluginTests(OtherYamlDotNet other) : IClassFixture<OtherYamlDotNet>
{
    private const string Yaml = "BgpLoadBalancer.Yaml";

    [Fact]
    public void The_plug_in_has_its_own_YamlDotNet_though_another_was_first()
    {
        Assembly plugin = Plugins.OfModule.Load(Yaml);
        object document = Assert.Single((IEnumerable)Parse(plugin, "a: [1, 2]")!)!;
        Assert.Equal("YamlDocument", document.GetType().Name);
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(plugin)!;
        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assembly own = Assert.Single(context.Assemblies, assembly => assembly.GetName().Name == "YamlDotNet");
        Assert.Equal("18.1", Version(own));
        Assert.Equal("16.3", Version(other.Assembly));
        Assert.Same(other.Assembly, Assert.Single(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name == "YamlDotNet"));
    }

    [Fact]
    public void Only_plug_ins_and_their_libraries_are_in_the_context()
    {
        Assembly plugin = Plugins.OfModule.Load(Yaml);
        Parse(plugin, "a: 1");
        Assert.Equal([Yaml, "YamlDotNet"], AssemblyLoadContext.GetLoadContext(plugin)!.Assemblies.Select(assembly => assembly.GetName().Name!).Order());
    }

    [Theory]
    [InlineData("BgpLoadBalancer")]
    [InlineData("BgpLoadBalancer.Bgp")]
    [InlineData("BgpLoadBalancer.Node")]
    public void What_is_shared_is_the_assembly_that_the_module_has(string name)
    {
        Assembly shared = Plugins.OfModule.Load(name);
        Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(shared));
        Assert.Equal(Path.Combine(StagedModule.Assemblies, name + ".dll"), shared.Location);
    }

    [Fact]
    public void It_is_loaded_once() => Assert.Same(Plugins.OfModule.Load(Yaml), Plugins.OfModule.Load(Yaml));

    [Fact]
    public void What_a_library_throws_arrives_in_words_and_not_in_its_types()
    {
        Assembly plugin = Plugins.OfModule.Load(Yaml);
        BgpException error = Assert.Throws<BgpException>(() => Plugins.OfModule.Call(() => Parse(plugin, "a: [1,\nb: ]]")));
        Assert.StartsWith("test.yaml:", error.Message, StringComparison.Ordinal);
        Assert.Null(error.InnerException);
    }

    [Fact]
    public void Other_exceptions_stay_what_they_are() =>
        Assert.Throws<FileNotFoundException>(() => Plugins.OfModule.Call<int>(() => throw new FileNotFoundException("x")));

    [Fact]
    public void A_plug_in_that_is_not_there_is_named_with_its_place()
    {
        BgpException error = Assert.Throws<BgpException>(() => Plugins.OfModule.Load("BgpLoadBalancer.Missing"));
        Assert.Contains("BgpLoadBalancer.Missing cannot be loaded from " + Path.Combine(StagedModule.Assemblies, "Dependencies"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_engine_with_the_module_sees_the_other_one_only()
    {
        using Shell shell = new();
        Parse(Plugins.OfModule.Load(Yaml), "a: 1");
        Assert.Equal(other.Assembly.GetName().Version!.ToString(), shell.One<string>("[YamlDotNet.Core.Parser].Assembly.GetName().Version.ToString()"));
        Assert.Equal("TypeNotFound", shell.Fail("[BgpLoadBalancer.Yaml.YamlDocument]"));
    }

    private static object? Parse(Assembly plugin, string text) =>
        plugin.GetType("BgpLoadBalancer.Yaml.YamlDocument", throwOnError: true)!.GetMethod("Parse")!.Invoke(null, [text, "test.yaml", null]);

    // The package's version; the assembly's own leaves the second number out.
    private static string Version(Assembly assembly)
    {
        FileVersionInfo version = FileVersionInfo.GetVersionInfo(assembly.Location);
        return $"{version.FileMajorPart}.{version.FileMinorPart}";
    }
}
