using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Kubernetes.Manifests;
using CsCheck;

namespace BgpLoadBalancer.Kubernetes.Tests.Manifests;

public sealed class WriteTests
{
    private static readonly YamlManifestFormat Format = new();

    [Fact]
    public void What_was_read_is_written_as_it_was()
    {
        foreach (ManifestFile file in Corpus.Files()) Assert.Equal(file.Text, Format.Write(file, file.Documents));
    }

    [Fact]
    public void A_changed_value_changes_its_own_text_only()
    {
        foreach (ManifestFile file in Corpus.Files().DistinctBy(file => file.Text))
        {
            foreach (ManifestDocument document in file.Documents)
            {
                foreach (ImmutableArray<object> path in Trees.Paths(document.Root, []).Where(path => Trees.At(document.Root, path.AsSpan()) is DocumentScalar { IsNull: false })) ChangeOne(file, document, path);
            }
        }
    }

    [Fact]
    public void Any_change_reads_back_and_leaves_the_other_documents_alone()
    {
        ManifestFile[] files = [.. Corpus.Files()];
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 4], Gen.String[Gen.Char["ab0:- #'\"\\{}[]~,\n\tü"], 0, 8])
            .Sample(
                (f, d, p, operation, text) =>
                {
                    ManifestFile file = files[f];
                    ManifestDocument document = file.Documents[d % file.Documents.Length];
                    ImmutableArray<object>[] paths = [.. Trees.Paths(document.Root, []).Where(path => path.Length > 0)];
                    if (paths.Length == 0) return;
                    ImmutableArray<object> path = paths[p % paths.Length];
                    DocumentNode root = Trees.Change(document.Root, path.AsSpan(), node => Operate(node, operation, text))!;
                    string written = Format.Write(file, [.. file.Documents.Select(other => other == document ? document with { Root = root } : other)]);
                    ManifestFile read = Format.Parse(written, file.Path);
                    Assert.Null(read.Problem);
                    Assert.True(DocumentContent.Same(root, read.Documents[document.Number - 1].Root));
                    Assert.All(file.Documents.Where(other => other != document), other => Assert.True(DocumentContent.Same(other.Root, read.Documents[other.Number - 1].Root)));
                },
                iter: 2000);
    }

    [Fact]
    public void A_new_document_comes_last_and_a_removed_one_takes_only_itself()
    {
        ManifestFile file = Corpus.OddFile;
        ManifestDocument added = new("", 0, Trees.Map("kind", Trees.Text("New")));
        Assert.Equal(file.Text + "\n---\nkind: New\n", Format.Write(file, [.. file.Documents, added]));
        string without = Format.Write(file, [file.Documents[0], file.Documents[2]]);
        Assert.Equal(file.Text[..file.Text.IndexOf("---", StringComparison.Ordinal)] + file.Text[file.Text.LastIndexOf("---", StringComparison.Ordinal)..], without);
    }

    [Fact]
    public void What_is_put_into_brackets_and_braces_leaves_all_around_them_as_it_was()
    {
        ManifestFile file = Corpus.OddFile;
        DocumentNode root = Trees.Change(file.Documents[1].Root, ["metadata"], node => new DocumentMapping([.. ((DocumentMapping)node).Entries, new(Trees.Text("uid"), Trees.Text("7"))]))!;
        root = Trees.Change(root, ["spec", "loadBalancer", "addressPools", 0, "addresses"], node => new DocumentSequence([.. ((DocumentSequence)node).Items, Trees.Text("10.9.0.0/28")]))!;
        root = Trees.Change(root, ["spec", "loadBalancer", "addressPools", 1, "addresses"], node => new DocumentSequence([.. ((DocumentSequence)node).Items, Trees.Text("10.9.1.0/28")]))!;
        root = Trees.Change(root, ["spec", "loadBalancer", "empty"], _ => Trees.Text("full"))!;
        string expected = file.Text
            .Replace("{name: bm, namespace: \"cluster-bm\"}", "{name: bm, namespace: cluster-bm, uid: \"7\"}", StringComparison.Ordinal)
            .Replace("[10.0.0.1-10.0.0.4, \"10.0.1.0/28\"]", "[10.0.0.1-10.0.0.4, 10.0.1.0/28, 10.9.0.0/28]", StringComparison.Ordinal)
            .Replace("'10.3.0.0/28'\n", "'10.3.0.0/28'\n          - 10.9.1.0/28\n", StringComparison.Ordinal)
            .Replace("empty:", "empty: full", StringComparison.Ordinal);
        Assert.Equal(expected, Format.Write(file, [.. file.Documents.Select(document => document.Number == 2 ? document with { Root = root } : document)]));
    }

    [Fact]
    public void An_anchor_that_is_changed_in_one_of_its_places_is_written_out()
    {
        ManifestFile file = Format.Parse("# kept\nfirst: 1\n---\na: &x\n  k: v\nb: *x\n", "anchors.yaml");
        DocumentNode root = Trees.Change(file.Documents[1].Root, ["b", "k"], _ => Trees.Text("w"))!;
        Assert.Equal("# kept\nfirst: 1\n---\na:\n  k: v\nb:\n  k: w\n", Format.Write(file, [file.Documents[0], file.Documents[1] with { Root = root }]));
    }

    [Fact]
    public void A_file_that_could_not_be_read_is_not_edited()
    {
        ManifestFile file = Format.Parse("a: [", "bad.yaml");
        Assert.NotNull(file.Problem);
        Assert.Throws<InvalidOperationException>(() => Format.Write(file, []));
    }

    private static DocumentNode? Operate(DocumentNode node, int operation, string text) => (operation, node) switch
    {
        (0, _) => null,
        (1, DocumentMapping mapping) => new DocumentMapping([.. mapping.Entries, new(Trees.Text("zz" + text), Trees.Text(text))]),
        (1, DocumentSequence list) => new DocumentSequence([.. list.Items, Trees.Map("k", Trees.Text(text))]),
        (2, DocumentSequence list) => new DocumentSequence([Trees.Text(text), .. list.Items]),
        (3, _) => Trees.Map("in", new DocumentSequence([Trees.Text(text), new DocumentSequence([]), new DocumentMapping([])])),
        _ => Trees.Text(text),
    };

    private static void ChangeOne(ManifestFile file, ManifestDocument document, ImmutableArray<object> path)
    {
        DocumentScalar old = (DocumentScalar)Trees.At(document.Root, path.AsSpan());
        DocumentNode root = Trees.Change(document.Root, path.AsSpan(), _ => Trees.Text("changed"))!;
        string written = Format.Write(file, [.. file.Documents.Select(other => other == document ? document with { Root = root } : other)]);
        int head = file.Text.AsSpan().CommonPrefixLength(written);
        int tail = 0;
        while (tail < file.Text.Length - head && tail < written.Length - head && file.Text[^(tail + 1)] == written[^(tail + 1)]) tail++;
        string gone = file.Text[head..^tail];
        int line = 1 + file.Text.AsSpan(0, head).Count('\n');
        // A block scalar starts at its indicator and takes the lines behind it.
        int last = line + gone.AsSpan().TrimEnd("\r\n").Count('\n');
        Assert.InRange(line, old.Position.Line, old.Position.Line + old.Text.AsSpan().Count('\n') + 2);
        Assert.InRange(last, line, old.Position.Line + old.Text.AsSpan().Count('\n') + 2);
        Assert.DoesNotContain("#", gone, StringComparison.Ordinal);
    }
}
