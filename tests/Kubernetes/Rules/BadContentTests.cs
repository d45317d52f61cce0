using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.Kubernetes.Manifests;
using BgpLoadBalancer.Kubernetes.Tests.Manifests;
using CsCheck;

namespace BgpLoadBalancer.Kubernetes.Tests.Rules;

/// <summary>Whatever a file says, it gives findings and no exception, and every finding says where, what and how.</summary>
public sealed class BadContentTests
{
    private static readonly ManifestFile[] Files = [.. Corpus.Files()];

    private static readonly DocumentNode[] Odd =
    [
        new DocumentScalar("", isPlain: true), new DocumentScalar("-1", isPlain: true), new DocumentScalar("99999999999999999999", isPlain: true), Trees.Text(""), Trees.Text("::/0"),
        Trees.Text("0.0.0.0/0"), Trees.Text("255.255.255.255"), Trees.Text("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), Trees.Text("::ffff:10.0.0.1"), Trees.Text("fe80::1%1"), Trees.Text("a['"), Trees.Text(","),
        new DocumentSequence([]), new DocumentMapping([]), Trees.Map("x.y['z", Trees.Text("v")), new DocumentSequence([new DocumentSequence([]), Trees.Text("x")]),
    ];

    [Fact]
    public void Any_value_at_any_place_gives_findings_and_no_exception() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, 20], Gen.Int[0, 1000], Gen.Int[0, Odd.Length - 1]).Sample(
            (f, d, p, o) =>
            {
                ManifestFile file = Files[f];
                ManifestDocument document = file.Documents[d % file.Documents.Length];
                ImmutableArray<object>[] paths = [.. Trees.Paths(document.Root, [])];
                DocumentNode root = Trees.Change(document.Root, paths[p % paths.Length].AsSpan(), _ => Odd[o])!;
                ImmutableArray<Finding> findings = ConfigurationRules.Check([file with { Documents = file.Documents.Replace(document, document with { Root = root }) }]);
                Assert.All(findings, finding => Assert.True(finding.Message.EndsWith('.') && finding.Advice.Length > 0 && finding.Rule.StartsWith('R')));
            },
            iter: 3000);

    [Fact]
    public void Any_text_gives_documents_or_a_problem_with_its_line() =>
        Gen.String[Gen.Char["ab:- #'\"\\{}[]~,&*!|>%@\n\t"], 0, 60].Sample(
            text =>
            {
                ManifestFile file = new YamlManifestFormat().Parse(text, "any.yaml");
                Assert.True(file.Problem is null || (file.Documents.IsEmpty && file.Problem.Line > 0));
                _ = ConfigurationRules.Check([file]);
            },
            iter: 3000);
}
