using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Documents;

/// <summary>Where something stands in a file; all from 1, or all 0 for what was never written.</summary>
/// <param name="Document">The number of the document within its file.</param>
public readonly record struct DocumentPosition(int Document, int Line, int Column);

/// <summary>A node of a manifest as a tree, whatever format it was written in. Immutable; equality is identity, see <see cref="DocumentContent"/>.</summary>
public abstract class DocumentNode(DocumentPosition position)
{
    public DocumentPosition Position { get; } = position;

    /// <summary>What it is, in words for messages: <c>a mapping</c>, <c>a list</c>, <c>a value</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A value as text.</summary>
/// <param name="isPlain">Written so that it may be a number, a truth value or null; quoted text is a string.</param>
public sealed class DocumentScalar(string text, bool isPlain, DocumentPosition position = default) : DocumentNode(position)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => IsNull ? "nothing" : "a value";

    public override string ToString() => Text;
}

public sealed class DocumentSequence(ImmutableArray<DocumentNode> items, DocumentPosition position = default) : DocumentNode(position)
{
    public ImmutableArray<DocumentNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>A key and its value.</summary>
public readonly record struct DocumentEntry(DocumentScalar Key, DocumentNode Value);

/// <summary>Keys differ in their text and keep their order.</summary>
public sealed class DocumentMapping : DocumentNode
{
    private readonly Dictionary<string, DocumentNode> _byKey;

    /// <exception cref="ArgumentException">A key is there twice.</exception>
    public DocumentMapping(ImmutableArray<DocumentEntry> entries, DocumentPosition position = default)
        : base(position)
    {
        Entries = entries;
        _byKey = entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value, StringComparer.Ordinal);
    }

    public ImmutableArray<DocumentEntry> Entries { get; }

    /// <summary>Null when there is no such key.</summary>
    public DocumentNode? this[string key] => _byKey.GetValueOrDefault(key);

    public override string Kind => "a mapping";
}
