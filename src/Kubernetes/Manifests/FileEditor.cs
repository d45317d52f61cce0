using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Yaml;

namespace BgpLoadBalancer.Kubernetes.Manifests;

/// <summary>Makes the text of a file say what its documents are to be, and checks that it does.</summary>
internal static class FileEditor
{
    public static string Edit(ManifestFile file, IReadOnlyList<ManifestDocument> documents)
    {
        string text = Edit(file, documents, rewritten: []);
        int[] wrong = Differing(text, file, documents);
        if (wrong.Length == 0) return text;
        // Anchors and the rarer layouts: those documents are written anew as a whole.
        text = Edit(file, documents, [.. wrong]);
        wrong = Differing(text, file, documents);
        return wrong.Length == 0 ? text : throw new InvalidOperationException($"{file.Path}: document {wrong[0]} could not be written so that it reads back the same; nothing was changed.");
    }

    private static string Edit(ManifestFile file, IReadOnlyList<ManifestDocument> documents, HashSet<int> rewritten)
    {
        ImmutableArray<YamlDocument> written = YamlDocument.Parse(file.Text, file.Path);
        TextEdits edits = new(file.Text);
        YamlEmitter emitter = new(edits.NewLine);
        string separator = "---" + edits.NewLine;
        for (int i = 0; i < written.Length; i++)
        {
            DocumentNode? wanted = documents.FirstOrDefault(document => document.Number == written[i].Number)?.Root;
            int start = i == 0 ? 0 : written[i].Start;
            int end = i + 1 < written.Length ? written[i + 1].Start : file.Text.Length;
            if (wanted is null) edits.Replace(start, end, "");
            else if (rewritten.Contains(written[i].Number)) edits.Replace(start, end, separator + emitter.Lines(wanted, 0));
            else new NodeEditor(edits).Edit(written[i].Root, wanted);
        }

        foreach (ManifestDocument added in documents.Where(document => document.Number == 0))
        {
            string before = file.Text.Length == 0 || file.Text[^1] == '\n' ? "" : edits.NewLine;
            edits.Replace(file.Text.Length, file.Text.Length, before + separator + emitter.Lines(added.Root, 0));
        }

        return edits.Apply();
    }

    /// <summary>The numbers, of the documents as they were before, of those that do not say what they should.</summary>
    private static int[] Differing(string text, ManifestFile file, IReadOnlyList<ManifestDocument> documents)
    {
        ManifestDocument[] wanted =
        [
            .. file.Documents.Select(old => documents.FirstOrDefault(document => document.Number == old.Number)).OfType<ManifestDocument>(),
            .. documents.Where(document => document.Number == 0),
        ];
        ManifestFile read = new YamlManifestFormat().Parse(text, file.Path);
        if (read.Documents.Length != wanted.Length) return [.. file.Documents.Select(document => document.Number)];
        return [.. wanted.Zip(read.Documents).Where(pair => !DocumentContent.Same(pair.First.Root, pair.Second.Root)).Select(pair => pair.First.Number)];
    }
}
