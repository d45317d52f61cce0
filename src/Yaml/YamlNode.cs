using System.Collections.Immutable;

namespace BgpLoadBalancer.Yaml;

/// <summary>
/// A node of the tree. An alias stands in the tree as the node that it names, so a node can have several parents, and its
/// position is where it was written.
/// </summary>
public abstract class YamlNode
{
    private protected YamlNode(YamlPosition position, string? tag, int depth, long size)
    {
        Position = position;
        Tag = tag;
        Depth = depth;
        Size = size;
    }

    public YamlPosition Position { get; }

    /// <summary>The characters of the text that it takes, from its first to behind its last; an alias has those of its anchor.</summary>
    public Range Span { get; internal init; }

    /// <summary>The tag that was written, such as <c>tag:yaml.org,2002:str</c>; null when none was.</summary>
    public string? Tag { get; }

    /// <summary>What it is, in words for messages: <c>a mapping</c>, <c>a list</c>, <c>a value</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>1 for a scalar, else one more than its deepest child.</summary>
    internal int Depth { get; }

    /// <summary>The nodes below it and itself, counted as often as they are met on a walk.</summary>
    internal long Size { get; }
}

/// <summary>How a scalar was written (YAML 1.2 §7.3, §8.1).</summary>
public enum YamlScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// <summary>A value as text. Nothing is converted: <c>010</c>, <c>8</c> and <c>"8"</c> stay what they are.</summary>
public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(YamlPosition position, string? tag, string text, YamlScalarStyle style)
        : base(position, tag, 1, 1)
    {
        Text = text;
        Style = style;
    }

    /// <summary>The content, quotes and escapes resolved.</summary>
    public string Text { get; }

    public YamlScalarStyle Style { get; }

    /// <summary>True when it may be a number, a truth value or null; quoted, block and <c>!!str</c> scalars are strings.</summary>
    public bool IsPlain => Style == YamlScalarStyle.Plain && Tag is not YamlTags.String and not YamlTags.NonSpecific;

    /// <summary>Nothing, <c>~</c> or <c>null</c> (YAML 1.2 §10.3.2).</summary>
    public bool IsNull => Tag == YamlTags.Null || (IsPlain && Text is "" or "~" or "null" or "Null" or "NULL");

    public override string Kind => IsNull ? "nothing" : "a value";

    public override string ToString() => Text;
}

public sealed class YamlSequence : YamlNode
{
    internal YamlSequence(YamlPosition position, string? tag, ImmutableArray<YamlNode> items)
        : base(position, tag, 1 + items.Select(item => item.Depth).DefaultIfEmpty().Max(), 1 + items.Sum(item => item.Size))
    {
        Items = items;
    }

    public ImmutableArray<YamlNode> Items { get; }

    /// <summary>Written in brackets.</summary>
    public bool IsFlow { get; internal init; }

    public override string Kind => "a list";
}

/// <summary>A key and its value.</summary>
public readonly record struct YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Keys are scalars and differ in their text. Merge keys (<c>&lt;&lt;</c>) are resolved.</summary>
public sealed class YamlMapping : YamlNode
{
    private readonly Dictionary<string, YamlNode> _byKey;

    internal YamlMapping(YamlPosition position, string? tag, ImmutableArray<YamlEntry> entries)
        : base(position, tag, 1 + entries.Select(entry => entry.Value.Depth).DefaultIfEmpty().Max(), 1 + entries.Sum(entry => entry.Value.Size))
    {
        Entries = entries;
        _byKey = entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>Written in braces.</summary>
    public bool IsFlow { get; internal init; }

    /// <summary>In the order of the file, merged ones last.</summary>
    public ImmutableArray<YamlEntry> Entries { get; }

    /// <summary>Null when there is no such key.</summary>
    public YamlNode? this[string key] => _byKey.GetValueOrDefault(key);

    public override string Kind => "a mapping";
}
