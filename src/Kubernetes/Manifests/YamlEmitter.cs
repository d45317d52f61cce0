using System.Globalization;
using System.Text;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Yaml;

namespace BgpLoadBalancer.Kubernetes.Manifests;

/// <summary>Writes nodes as block YAML, in the layout of Kubernetes' own tools: two blanks a level, lists at the column of their key.</summary>
internal sealed class YamlEmitter(string newLine)
{
    /// <summary>Whole lines, each indented.</summary>
    public string Lines(DocumentNode node, int indent)
    {
        string blanks = new(' ', indent);
        StringBuilder text = new();
        switch (node)
        {
            case DocumentMapping { Entries.IsEmpty: false } mapping:
                foreach (DocumentEntry entry in mapping.Entries) text.Append(blanks).Append(Entry(entry, indent));
                break;
            case DocumentSequence { Items.IsEmpty: false } list:
                foreach (DocumentNode item in list.Items) text.Append(blanks).Append(Item(item, indent));
                break;
            default:
                text.Append(blanks).Append(Inline(node)).Append(newLine);
                break;
        }

        return text.ToString();
    }

    /// <summary><c>key: value</c> with its line break; the first line is not indented.</summary>
    public string Entry(DocumentEntry entry, int indent) => $"{Scalar(entry.Key, YamlScalarStyle.Plain)}:{Value(entry.Value, indent)}";

    /// <summary><c>- item</c> with its line break; the first line is not indented.</summary>
    public string Item(DocumentNode item, int indent) => $"- {Lines(item, indent + 2)[(indent + 2)..]}";

    /// <summary>What stands behind a key's colon, with its line break.</summary>
    public string Value(DocumentNode value, int indent) => value switch
    {
        DocumentMapping { Entries.IsEmpty: false } => newLine + Lines(value, indent + 2),
        DocumentSequence { Items.IsEmpty: false } => newLine + Lines(value, indent),
        DocumentScalar { IsNull: true } => newLine,
        _ => $" {Inline(value)}{newLine}",
    };

    /// <summary>In one line, with brackets and braces.</summary>
    public string Inline(DocumentNode node) => node switch
    {
        DocumentMapping mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{Scalar(entry.Key, YamlScalarStyle.Plain)}: {Inline(entry.Value)}"))}}}",
        DocumentSequence list => $"[{string.Join(", ", list.Items.Select(Inline))}]",
        _ => Scalar((DocumentScalar)node, YamlScalarStyle.Plain),
    };

    /// <summary>A value, quoted as it was before or as it has to be.</summary>
    public static string Scalar(DocumentScalar scalar, YamlScalarStyle style)
    {
        if (!DocumentContent.IsString(scalar)) return scalar.IsNull ? "null" : scalar.Text;
        if (style == YamlScalarStyle.SingleQuoted && scalar.Text.All(c => c >= ' ' && c != '\x7f')) return $"'{scalar.Text.Replace("'", "''", StringComparison.Ordinal)}'";
        return style == YamlScalarStyle.Plain && IsSafe(scalar.Text) ? scalar.Text : Quoted(scalar.Text);
    }

    // Narrower than YAML: what is not surely safe without quotes gets them.
    private static bool IsSafe(string text) =>
        text.Length > 0
        && !DocumentContent.IsOtherThanText(text)
        && !text.All(c => char.IsAsciiDigit(c) || c is ':' or '-' or '_')
        && (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '_' or '.')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '.' or '-' or '+' or '=' or '@' or ':' or ' ')
        && text[^1] is not (':' or ' ')
        && !text.Contains(": ", StringComparison.Ordinal)
        && !(text is "..." || text.StartsWith("... ", StringComparison.Ordinal));

    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                >= ' ' and < '\x7f' => quoted.Append(c),
                _ when char.IsLetter(c) || char.IsSurrogate(c) => quoted.Append(c),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
