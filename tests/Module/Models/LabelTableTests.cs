using System.Collections;
using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Models;

public sealed class LabelTableTests
{
    [Fact]
    public void Values_become_text_as_manifests_have_them() =>
        Assert.Equal(
            [KeyValuePair.Create("A", ""), KeyValuePair.Create("a", "true"), KeyValuePair.Create("b", "1.5"), KeyValuePair.Create("c", "x")],
            LabelTable.Read(new Hashtable(StringComparer.Ordinal) { ["c"] = "x", ["b"] = 1.5, ["a"] = true, ["A"] = null }));

    [Fact]
    public void A_wrapped_value_is_its_value() => Assert.Equal("false", LabelTable.Read(new Hashtable { ["a"] = new PSObject(false) })["a"]);

    [Fact]
    public void No_table_is_no_labels() => Assert.Empty(LabelTable.Read(null));

    [Fact]
    public void There_and_back_nothing_is_lost()
    {
        Hashtable labels = new(StringComparer.Ordinal) { ["a"] = "1", ["A"] = "2" };
        Assert.Equal(LabelTable.Read(labels), LabelTable.Read(LabelTable.Of(LabelTable.Read(labels))));
    }
}
