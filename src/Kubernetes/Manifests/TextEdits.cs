using System.Text;

namespace BgpLoadBalancer.Kubernetes.Manifests;

/// <summary>Replacements of pieces of a text that do not overlap, made all at once.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(int Start, int End, string Text)> _edits = [];

    /// <summary>The line ending that the text uses.</summary>
    public string NewLine { get; } = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public string Text { get; } = text;

    public void Replace(int start, int end, string replacement) => _edits.Add((start, end, replacement));

    public string Apply()
    {
        StringBuilder result = new();
        int copied = 0;
        // Stable: what is put in at one place keeps the order in which it was asked for, and comes before what is replaced there.
        foreach ((int start, int end, string replacement) in _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.End > edit.Start))
        {
            // One inside a piece that another replaces as a whole is covered by it.
            if (start < copied) continue;
            result.Append(Text, copied, start - copied).Append(replacement);
            copied = end;
        }

        return result.Append(Text, copied, Text.Length - copied).ToString();
    }

    public int LineStart(int offset) => offset == 0 ? 0 : Text.LastIndexOf('\n', offset - 1) + 1;

    /// <summary>Behind the line break of the line that ends something at <paramref name="offset"/>.</summary>
    public int LineEnd(int offset)
    {
        if (offset > 0 && Text[offset - 1] == '\n') return offset;
        int end = Text.IndexOf('\n', offset);
        return end < 0 ? Text.Length : end + 1;
    }

    /// <summary>Whole lines put in at the start of a line, or behind a last line that has no end.</summary>
    public void InsertLines(int offset, string lines)
    {
        bool unended = offset == Text.Length && offset > 0 && Text[offset - 1] != '\n';
        Replace(offset, offset, unended ? NewLine + lines[..^NewLine.Length] : lines);
    }

    /// <summary>Whether only blanks, and for an item of a list its dash, stand before it in its line.</summary>
    public bool LeadsItsLine(int offset, bool afterDash)
    {
        ReadOnlySpan<char> before = Text.AsSpan(LineStart(offset), offset - LineStart(offset)).Trim(' ');
        return afterDash ? before is "-" : before.IsEmpty;
    }
}
