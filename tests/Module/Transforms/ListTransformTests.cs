using System.Collections;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.Module.Tests.Transforms;

/// <summary>Lists, addresses and labels as tables of text have them.</summary>
public sealed class ListTransformTests
{
    [Fact]
    public void A_list_may_be_one_text_with_commas()
    {
        ListTransformAttribute transform = new();
        Assert.Equal(new object[] { "a", "b" }, transform.Transform(null!, "a, b,"));
        Assert.Equal(new object[] { "a", "b", "c" }, transform.Transform(null!, new object[] { "a,b", new PSObject("c") }));
        Assert.Null(transform.Transform(null!, " "));
        Assert.Null(transform.Transform(null!, null));
    }

    [Fact]
    public void Addresses_may_be_one_text_with_commas()
    {
        IPAddressListTransformAttribute transform = new();
        IPAddress second = IPAddress.Parse("2001:db8::1");
        Assert.Equal(new object[] { IPAddress.Parse("10.0.0.1"), second }, transform.Transform(null!, "10.0.0.1, 2001:db8::1"));
        Assert.Equal(new object[] { second }, transform.Transform(null!, new object[] { second }));
        Assert.Same(second, transform.Transform(null!, new PSObject(second)));
        Assert.Null(transform.Transform(null!, ""));
        ArgumentTransformationMetadataException problem = Assert.Throws<ArgumentTransformationMetadataException>(() => transform.Transform(null!, "10.0.0.1, 10.0.2"));
        Assert.Contains("'10.0.2'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_may_be_text_as_Kubernetes_writes_them()
    {
        LabelTransformAttribute transform = new();
        Hashtable labels = Assert.IsType<Hashtable>(transform.Transform(null!, "a=1, example.com/b=x=y,c="));
        Assert.Equal(("1", "x=y", "", 3), (labels["a"], labels["example.com/b"], labels["c"], labels.Count));
        Assert.Equal(2, Assert.IsType<Hashtable>(transform.Transform(null!, new object[] { "a=1", new PSObject("b=2") })).Count);
        Assert.Same(labels, transform.Transform(null!, new PSObject(labels)));
        Assert.Null(transform.Transform(null!, ""));
        Assert.Contains("'=1'", Assert.Throws<ArgumentTransformationMetadataException>(() => transform.Transform(null!, "a=1,=1")).Message, StringComparison.Ordinal);
    }
}
