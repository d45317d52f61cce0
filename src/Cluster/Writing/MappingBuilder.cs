using System.Collections.Immutable;
using System.Globalization;
using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Cluster.Writing;

/// <summary>Collects the fields of a mapping that have a value; a field without one is left out.</summary>
internal sealed class MappingBuilder
{
    private readonly ImmutableArray<DocumentEntry>.Builder _entries = ImmutableArray.CreateBuilder<DocumentEntry>();

    public MappingBuilder Add(string key, DocumentNode? value)
    {
        if (value is not null) _entries.Add(new(new DocumentScalar(key, isPlain: true), value));
        return this;
    }

    public MappingBuilder Text(string key, string? value) => Add(key, string.IsNullOrEmpty(value) ? null : Text(value));

    public MappingBuilder Number(string key, long? value) =>
        Add(key, value is null ? null : new DocumentScalar(value.Value.ToString(CultureInfo.InvariantCulture), isPlain: true));

    public MappingBuilder Bool(string key, bool? value) => Add(key, value is null ? null : new DocumentScalar(value.Value ? "true" : "false", isPlain: true));

    public MappingBuilder Texts(string key, IEnumerable<KeyValuePair<string, string>> values, bool evenEmpty = false)
    {
        MappingBuilder texts = new();
        foreach ((string name, string value) in values) texts.Add(name, Text(value));
        return Add(key, evenEmpty || texts._entries.Count > 0 ? texts.Build() : null);
    }

    public MappingBuilder List<T>(string key, IEnumerable<T>? values, Func<T, DocumentNode>? node = null, bool evenEmpty = false)
    {
        ImmutableArray<DocumentNode> items = [.. (values ?? []).Select(value => node is null ? Text($"{value}") : node(value))];
        return Add(key, values is null || (items.IsEmpty && !evenEmpty) ? null : new DocumentSequence(items));
    }

    public DocumentMapping Build() => new(_entries.ToImmutable());

    /// <summary>The mapping; null when it would be empty.</summary>
    public DocumentMapping? BuildUnlessEmpty() => _entries.Count == 0 ? null : Build();

    // Addresses and names: text, whatever it looks like.
    private static DocumentScalar Text(string value) => new(value, isPlain: false);
}
