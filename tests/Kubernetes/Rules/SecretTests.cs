using System.Collections.Immutable;
using System.Text;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Rules;

/// <summary>Secrets of manifests (R5, R28): read, and never shown.</summary>
public sealed class SecretTests
{
    private const string Head = "apiVersion: v1\nkind: Secret\nmetadata: {name: tor, namespace: cluster-bm}\ntype: Opaque\n";

    [Theory]
    [InlineData("data: {password: aHVudGVyMg==}", "hunter2")]
    [InlineData("data:\n  password: |\n    aHVu\n    dGVyMg==\n", "hunter2")]
    [InlineData("stringData: {password: hunter2}", "hunter2")]
    [InlineData("stringData: {password: \"0123\"}", "0123")]
    [InlineData("stringData: {password: schlüssel}", "schlüssel")]
    [InlineData("data: {password: aHVudGVyMg==}\nstringData: {password: newer}", "newer")]
    public void A_value_is_read_encoded_or_plain_and_plain_goes_over_encoded(string text, string password)
    {
        ReadResult read = Read(Head + text);
        Assert.Empty(read.Findings);
        SecretResource secret = Assert.IsType<SecretResource>(Assert.Single(read.Resources).Resource);
        Assert.Equal(("cluster-bm", "tor"), (secret.Metadata.Namespace, secret.Metadata.Name));
        Assert.Equal(password, Encoding.UTF8.GetString(Convert.FromBase64String(secret.Data[SecretResource.PasswordKey])));
        Assert.DoesNotContain(secret.Data[SecretResource.PasswordKey], secret.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data:\n  user: Ym0=\n  password: hunter2!\n", 7, "data.password", "not base 64")]
    [InlineData("data:\n  password: aHVudGVyMg=\n", 6, "data.password", "not base 64")]
    [InlineData("data:\n  password: 4711471147114711\n", 6, "data.password", "Put it in quotes")]
    [InlineData("stringData:\n  password: 4711471147114711\n", 6, "stringData.password", "Put it in quotes")]
    [InlineData("stringData:\n  password: [hunter2]\n", 6, "stringData.password", "single value")]
    [InlineData("stringData: hunter2\n", 5, "stringData", "mapping")]
    public void What_cannot_be_read_is_an_error_with_its_place_and_without_the_value(string text, int line, string path, string message)
    {
        Finding finding = Assert.Single(Read(Head + text).Findings);
        Assert.Equal((FindingSeverity.Error, "R28", "Secret cluster-bm/tor", line, path, null), (finding.Severity, finding.Rule, finding.Resource, finding.Line, finding.Path, finding.Value));
        Assert.Contains(message, finding.Message + finding.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("4711", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_close_to_one_is_named_without_what_stands_there()
    {
        Finding finding = Assert.Single(Read(Head + "stringdata: hunter2\n").Findings);
        Assert.Equal((FindingSeverity.Warning, "stringdata", null), (finding.Severity, finding.Path, finding.Value));
        Assert.Contains("'stringData'", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_without_a_namespace_is_in_the_default_one_as_with_Kubernetes() =>
        Assert.Equal("Secret default/tor", Assert.Single(Read("apiVersion: v1\nkind: Secret\nmetadata: {name: tor}\n").Resources).Title);

    [Fact]
    public void Two_documents_of_one_secret_are_said_without_values()
    {
        string text = Head + "stringData: {password: hunter2}\n";
        ImmutableArray<Finding> findings = ConfigurationRules.Check([new YamlManifestFormat().Parse($"{text}---\n{text}", "test.yaml")]);
        Finding twice = Assert.Single(findings, finding => finding.Resource == "Secret cluster-bm/tor");
        Assert.Equal(FindingSeverity.Error, twice.Severity);
        Assert.All(findings, finding => Assert.DoesNotContain("hunter2", $"{finding} {finding.Value}", StringComparison.Ordinal));
    }

    private static ReadResult Read(string text) => ResourceReader.Read(new YamlManifestFormat().Parse(text, "test.yaml").Documents);
}
