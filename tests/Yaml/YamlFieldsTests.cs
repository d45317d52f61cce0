using System.Net;
using BgpLoadBalancer.Yaml.Reading;

namespace BgpLoadBalancer.Yaml.Tests;

public sealed class YamlFieldsTests
{
    [Fact]
    public void Fields_read_as_their_types()
    {
        (YamlFields fields, YamlFindings findings) = Read("ip: 10.0.1.10\nasn: 4200000000\nport: 1790\non: true\nname: \"007\"\nlist: [a, b]\n");

        Assert.Equal(IPAddress.Parse("10.0.1.10"), fields.IPv4Address("ip", required: true));
        Assert.Equal(4_200_000_000, fields.Asn("asn"));
        Assert.Equal(1790, fields.Port("port"));
        Assert.True(fields.Bool("on"));
        Assert.Equal("007", fields.Text("name"));
        Assert.Equal(["list[0]", "list[1]"], fields.Items("list").Select(item => item.Path));
        Assert.Null(fields.Bool("absent"));
        fields.Finish();
        Assert.Empty(findings.ToImmutable());
    }

    [Theory]
    [InlineData("ip: 10.1", "'10.1' is not an IPv4 address.")]
    [InlineData("ip: 10.0.0.010", "'10.0.0.010' is not an IPv4 address.")]
    [InlineData("ip: 10.0.0.256", "'10.0.0.256' is not an IPv4 address.")]
    [InlineData("ip: 2001:db8::1", "'2001:db8::1' is an IPv6 address, and only IPv4 is possible here.")]
    [InlineData("ip:", "The key 'ip' has no value.")]
    [InlineData("ip: [10.0.0.1]", "A single value is expected here, and this is a list.")]
    [InlineData("asn: 0", "'0' is out of range.")]
    [InlineData("asn: 4294967295", "'4294967295' is out of range.")]
    [InlineData("asn: 23456", "'23456' stands for 4-octet ASNs at old routers and is nobody's own.")]
    [InlineData("asn: 99999999999999999999", "'99999999999999999999' is out of range.")]
    [InlineData("asn: 1.10", "'1.10' is an ASN in dotted notation.")]
    [InlineData("asn: AS65001", "'AS65001' is not a whole number.")]
    [InlineData("asn: -1", "'-1' is not a whole number.")]
    [InlineData("port: 0179", "'0179' starts with a zero, which some programs read as octal.")]
    [InlineData("port: \"179\"", "\"179\" is in quotes, so it is a text and not a number.")]
    [InlineData("port: 65536", "'65536' is out of range.")]
    [InlineData("on: yes", "'yes' is neither true nor false.")]
    [InlineData("on: \"true\"", "\"true\" is neither true nor false.")]
    [InlineData("name: ''", "The text is empty.")]
    [InlineData("list: a", "A list is expected here, and this is a value.")]
    public void Wrong_values_are_findings(string text, string message)
    {
        (YamlFields fields, YamlFindings findings) = Read(text);

        Assert.Null(fields.IPv4Address("ip"));
        Assert.Null(fields.Asn("asn"));
        Assert.Null(fields.Port("port"));
        Assert.Null(fields.Bool("on"));
        Assert.Null(fields.Text("name"));
        Assert.Empty(fields.Items("list"));
        Assert.Equal(message, Assert.Single(findings.ToImmutable()).Message);
    }

    [Fact]
    public void Asdot_is_answered_with_the_plain_number()
    {
        (YamlFields fields, YamlFindings findings) = Read("asn: 1.10");

        fields.Asn("asn");
        Assert.Equal("Write it as a plain number: 65546.", Assert.Single(findings.ToImmutable()).Advice);
    }

    [Fact]
    public void Unknown_keys_name_the_nearest_known_one_and_the_place()
    {
        (YamlFields fields, YamlFindings findings) = Read("localAsn: 1\nlocalIP: x\ncolour: red\n");

        fields.Text("localIP");
        fields.Node("localASN");
        fields.Finish();
        Assert.Equal(
            [
                "f.yaml:1:1: localAsn: The key 'localAsn' is not known. Did you mean 'localASN'?",
                "f.yaml:3:1: colour: The key 'colour' is not known. Known here: localIP, localASN.",
            ],
            findings.ToImmutable().Select(finding => finding.ToString()));
    }

    [Fact]
    public void Missing_keys_are_findings_at_their_mapping()
    {
        (YamlFields fields, YamlFindings findings) = Read("\n\na: 1");

        fields.Asn("localASN", required: true);
        YamlFinding finding = Assert.Single(findings.ToImmutable());
        Assert.Equal((3, "localASN", "The key 'localASN' is missing."), (finding.Position.Line, finding.Path, finding.Message));
    }

    [Fact]
    public void A_required_list_needs_an_item()
    {
        (YamlFields fields, YamlFindings findings) = Read("a: []\nb: []\n");

        Assert.Empty(fields.Items("a", required: true));
        Assert.Empty(fields.Items("b"));
        Assert.Equal("The list 'a' is empty.", Assert.Single(findings.ToImmutable()).Message);
    }

    [Fact]
    public void A_secret_is_never_in_a_finding()
    {
        (YamlFields fields, YamlFindings findings) = Read("password: hunter2");

        fields.Text("password", secret: true);
        fields.Report("password", "Not allowed with passwordFile.", "Leave one away.", secret: true);
        YamlFinding finding = Assert.Single(findings.ToImmutable());
        Assert.Null(finding.Value);
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_root_that_is_no_mapping_is_one_finding()
    {
        (YamlFields fields, YamlFindings findings) = Read("- a\n- b\n");

        fields.Asn("localASN", required: true);
        fields.Finish();
        Assert.Equal("A mapping (key: value) is expected here, and this is a list.", Assert.Single(findings.ToImmutable()).Message);
    }

    [Theory]
    [InlineData("peerIp", "peerIP")]
    [InlineData("perASN", "peerASN")]
    [InlineData("peerANS", "peerASN")]
    [InlineData("holdtime", "holdTime")]
    [InlineData("timeout", null)]
    [InlineData("", null)]
    public void Nearest_names(string name, string? nearest) =>
        Assert.Equal(nearest, NearestName.Find(name, ["peerIP", "peerASN", "peerPort", "holdTime", "password"]));

    private static (YamlFields Fields, YamlFindings Findings) Read(string text)
    {
        YamlFindings findings = new("f.yaml");
        return (new(YamlDocument.Parse(text, "f.yaml")[0].Root, "", findings), findings);
    }
}
