using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Yaml;

namespace BgpLoadBalancer.Kubernetes.Manifests;

/// <summary>Turns the difference between a node as written and as wanted into edits of the text, each as small as it can be.</summary>
internal sealed class NodeEditor(TextEdits edits)
{
    private readonly YamlEmitter _emitter = new(edits.NewLine);

    public void Edit(YamlNode written, DocumentNode wanted)
    {
        if (DocumentContent.Same(YamlConversion.ToNode(written), wanted)) return;
        switch (written, wanted)
        {
            case (YamlMapping from, DocumentMapping to) when CanEdit(from, to):
                EditMapping(from, to);
                break;
            case (YamlSequence from, DocumentSequence to) when CanEdit(from, to):
                EditSequence(from, to);
                break;
            case (YamlScalar from, DocumentScalar to) when !from.IsNull && from.Style is not (YamlScalarStyle.Literal or YamlScalarStyle.Folded):
                edits.Replace(from.Span.Start.Value, from.Span.End.Value, YamlEmitter.Scalar(to, from.Style));
                break;
            default:
                Rewrite(written, wanted);
                break;
        }
    }

    private static bool CanEdit(YamlMapping from, DocumentMapping to) =>
        !to.Entries.IsEmpty && !from.Entries.IsEmpty && (!from.IsFlow || (from.Entries.Length == to.Entries.Length && from.Entries.All(entry => to[entry.Key.Text] is not null)));

    private static bool CanEdit(YamlSequence from, DocumentSequence to) => !to.Items.IsEmpty && !from.Items.IsEmpty && (!from.IsFlow || from.Items.Length == to.Items.Length);

    private void EditMapping(YamlMapping from, DocumentMapping to)
    {
        YamlEntry[] removed = [.. from.Entries.Where(entry => to[entry.Key.Text] is null)];
        if (removed.Any(entry => !edits.LeadsItsLine(Start(entry.Key), afterDash: false)))
        {
            Rewrite(from, to);
            return;
        }

        int indent = from.Position.Column - 1;
        foreach (YamlEntry entry in removed) edits.Replace(edits.LineStart(Start(entry.Key)), edits.LineEnd(End(entry)), "");
        foreach (YamlEntry entry in from.Entries)
        {
            if (to[entry.Key.Text] is { } wanted) EditEntry(entry, wanted, indent, from.IsFlow);
        }

        int behind = edits.LineEnd(from.Span.End.Value);
        foreach (DocumentEntry entry in to.Entries.Where(entry => from[entry.Key.Text] is null))
        {
            edits.InsertLines(behind, new string(' ', indent) + _emitter.Entry(entry, indent));
        }
    }

    private void EditEntry(YamlEntry entry, DocumentNode wanted, int indent, bool inFlow)
    {
        bool sameKind = (entry.Value, wanted) is (YamlMapping { Entries.IsEmpty: false }, DocumentMapping { Entries.IsEmpty: false })
            or (YamlSequence { Items.IsEmpty: false }, DocumentSequence { Items.IsEmpty: false })
            or (YamlScalar { IsNull: false, Style: not (YamlScalarStyle.Literal or YamlScalarStyle.Folded) }, DocumentScalar);
        if (sameKind || inFlow || DocumentContent.Same(YamlConversion.ToNode(entry.Value), wanted))
        {
            Edit(entry.Value, wanted);
            return;
        }

        // Everything behind the colon; a comment in the first line goes with a value that took several.
        int colon = edits.Text.IndexOf(':', entry.Key.Span.End.Value);
        int end = Math.Max(colon + 1, entry.Value.Span.End.Value);
        string value = _emitter.Value(wanted, indent);
        edits.Replace(colon + 1, end, end > 0 && edits.Text[end - 1] == '\n' ? value : value[..^edits.NewLine.Length]);
    }

    private void EditSequence(YamlSequence from, DocumentSequence to)
    {
        ImmutableArray<(int From, int To)> pairs = SequenceAlignment.Pair([.. from.Items.Select(YamlConversion.ToNode)], to.Items);
        int[] kept = [.. pairs.Select(pair => pair.From)];
        bool sameLength = pairs.Length == from.Items.Length && pairs.Length == to.Items.Length;
        if (!sameLength && (from.IsFlow || kept.Length == 0 || from.Items.Any(item => !edits.LeadsItsLine(item.Span.Start.Value, afterDash: true))))
        {
            Rewrite(from, to);
            return;
        }

        for (int i = 0; i < from.Items.Length; i++)
        {
            YamlNode item = from.Items[i];
            if (!kept.Contains(i)) edits.Replace(edits.LineStart(item.Span.Start.Value), edits.LineEnd(item.Span.End.Value), "");
        }

        foreach ((int i, int j) in pairs) Edit(from.Items[i], to.Items[j]);
        for (int j = 0; j < to.Items.Length; j++)
        {
            if (pairs.Any(pair => pair.To == j)) continue;
            // Behind the item that it follows; new ones in front go before the first that is kept.
            int follows = pairs.Where(pair => pair.To < j).Select(pair => pair.From).DefaultIfEmpty(-1).Last();
            int place = follows < 0 ? edits.LineStart(from.Items[0].Span.Start.Value) : edits.LineEnd(from.Items[follows].Span.End.Value);
            int indent = DashColumn(from);
            edits.InsertLines(place, new string(' ', indent) + _emitter.Item(to.Items[j], indent));
        }
    }

    /// <summary>Writes the node anew where it stood.</summary>
    private void Rewrite(YamlNode from, DocumentNode to)
    {
        bool inOneLine = from is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true } or YamlScalar;
        int indent = from is YamlSequence list ? DashColumn(list) : from.Position.Column - 1;
        string text = inOneLine ? _emitter.Inline(to) + edits.NewLine : _emitter.Lines(to, indent)[indent..];
        int start = from.Span.Start.Value;
        int end = from.Span.End.Value;
        bool withBreak = end > start && edits.Text[end - 1] == '\n';
        edits.Replace(start, end, withBreak ? text : text[..^edits.NewLine.Length]);
    }

    private int DashColumn(YamlSequence list)
    {
        int start = list.Span.Start.Value;
        return start - edits.LineStart(start);
    }

    private static int Start(YamlNode node) => node.Span.Start.Value;

    private static int End(YamlEntry entry) => Math.Max(entry.Key.Span.End.Value, entry.Value.Span.End.Value);
}
