using System.Reflection;
using System.Xml.Linq;
using BgpLoadBalancer.Module.Tests.Conventions;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Views;

/// <summary>The view file against the types that it shows.</summary>
public sealed class ViewFileTests
{
    private static readonly XDocument File = XDocument.Load(Path.Combine(StagedModule.Assemblies, "BgpLoadBalancer.Format.ps1xml"));

    public static TheoryData<string> Types => [.. ModuleTypes.ShownTypes.Select(type => type.FullName!)];

    [Fact]
    public void It_shows_only_types_that_are_written() =>
        Assert.Empty(File.Descendants("TypeName").Select(name => Base(name.Value)).Except(ModuleTypes.ShownTypes.Select(type => type.FullName!)));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_has_a_table_first_and_a_list(string type) => Assert.Equal(["TableControl", "ListControl"], Views(type).Select(view => view.Elements().Last().Name.LocalName));

    [Theory]
    [MemberData(nameof(Types))]
    public void What_a_view_names_is_there(string type)
    {
        string[] properties = [.. Properties(type)];
        IEnumerable<string> named = File.Descendants("View").Where(view => view.Descendants("TypeName").Any(name => Base(name.Value) == type)).Descendants("PropertyName").Select(name => name.Value);
        Assert.Empty(named.Except(properties));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_list_shows_everything(string type)
    {
        IEnumerable<string> shown = Views(type).Descendants("ListItem").Select(item => (item.Element("Label") ?? item.Element("PropertyName"))!.Value);
        // A speaker's Speaker, a cluster's Cluster and a node's Node are its Name once more.
        Assert.Equal(Properties(type).Except(type.Split('.')[^1] switch { "BgpSpeaker" => ["Speaker"], "BgpCluster" => ["Cluster"], "BgpNode" or "BgpNodeAgent" => ["Node"], _ => Array.Empty<string>() }).Order(), shown.Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_table_has_as_many_headers_as_cells_and_fits(string type)
    {
        foreach (XElement table in File.Descendants("View").Where(view => Base(view.Descendants("TypeName").Single().Value) == type).Elements("TableControl"))
        {
            XElement[] headers = [.. table.Descendants("TableColumnHeader")];
            Assert.Equal(table.Descendants("TableColumnItem").Count(), headers.Length);
            int width = headers.Sum(header => (int?)header.Element("Width") ?? 0) + headers.Length - 1;
            Assert.InRange(width, 1, FixedRawUI.Columns);
        }
    }

    // Objects of one type that need different tables have a suffix to their type name, as in BgpPeer#Cluster.
    private static string Base(string typeName) => typeName.Split('#')[0];

    private static IEnumerable<XElement> Views(string type) => File.Descendants("View").Where(view => view.Descendants("TypeName").Any(name => name.Value == type));

    private static IEnumerable<string> Properties(string type) =>
        ModuleTypes.Assembly.GetType(type, throwOnError: true)!.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);
}
