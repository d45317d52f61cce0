using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>
/// Reads the fields of one mapping. What is not as it should be becomes a finding, and the field reads as if it were not there;
/// <see cref="Finish"/> or <see cref="FinishShared"/> looks at the fields that nothing asked for.
/// </summary>
internal sealed class FieldReader
{
    private readonly DocumentNode _node;
    private readonly DocumentMapping? _mapping;
    private readonly ReadingContext _context;
    private readonly List<string> _known = [];
    private readonly List<string> _refused = [];

    /// <param name="node">Anything but a mapping is a finding.</param>
    public FieldReader(DocumentNode node, string path, ReadingContext context)
    {
        _node = node;
        _mapping = node as DocumentMapping;
        _context = context;
        Path = path;
        if (_mapping is null) Report(node, path, new($"A mapping (key: value) is expected here, and this is {node.Kind}.", "Write one 'key: value' on each line, indented below its parent."));
    }

    /// <summary>Relative to the resource.</summary>
    public string Path { get; }

    public string PathOf(string key) => DocumentPath.Key(Path, key);

    /// <summary>Whether the field is there with a value of any kind. Marks it as known.</summary>
    public bool Has(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        return _mapping?[key] is not null and not DocumentScalar { IsNull: true };
    }

    /// <summary>Null when it is not there or null.</summary>
    public DocumentNode? Node(string key, bool required = false)
    {
        if (Has(key)) return _mapping![key];
        if (!required || _mapping is null) return null;
        DocumentNode? empty = _mapping[key];
        FieldProblem problem = empty is null ? new($"'{key}' is missing.", $"Add it to '{(Path.Length == 0 ? "the document" : Path)}'.") : new($"'{key}' has no value.", "Give it one.");
        Report(empty ?? _node, PathOf(key), problem);
        return null;
    }

    /// <summary>The fields of a mapping within; null when it is not there.</summary>
    public FieldReader? Mapping(string key, bool required = false) => Node(key, required) is { } node ? new(node, PathOf(key), _context) : null;

    public T? Value<T>(string key, FieldConversion<T> conversion, bool required = false)
        where T : struct => TryValue(key, conversion, required, out T value) ? value : null;

    public T? Object<T>(string key, FieldConversion<T> conversion, bool required = false)
        where T : class => TryValue(key, conversion, required, out T value) ? value : null;

    public string? Text(string key, bool required = false) => Object<string>(key, FieldValues.Text, required);

    public bool Bool(string key) => Value<bool>(key, FieldValues.Bool) ?? false;

    public IPAddress? IPv4(string key, bool required = false) => Object<IPAddress>(key, FieldValues.IPv4Address, required);

    /// <summary>The items of a list that could be read. Where the others were is remembered.</summary>
    /// <returns>Default when there is no list.</returns>
    public ImmutableArray<T> List<T>(string key, ItemReader<T> reader, bool required = false)
    {
        if (Node(key, required) is not { } node) return default;
        if (node is not DocumentSequence list)
        {
            Report(node, PathOf(key), new($"A list is expected here, and this is {node.Kind}.", "Write each item on a line of its own that starts with '- '."));
            return default;
        }

        ImmutableArray<T>.Builder items = ImmutableArray.CreateBuilder<T>();
        ImmutableArray<int>.Builder kept = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < list.Items.Length; i++)
        {
            if (!reader(list.Items[i], DocumentPath.Item(PathOf(key), i), out T? item)) continue;
            items.Add(item);
            kept.Add(i);
        }

        _context.Kept[PathOf(key)] = kept.DrainToImmutable();
        return items.DrainToImmutable();
    }

    /// <summary>A list of single values.</summary>
    public ImmutableArray<T> Values<T>(string key, FieldConversion<T> conversion, bool required = false) =>
        List(key, (DocumentNode node, string path, [NotNullWhen(true)] out T? item) => Convert(node, path, conversion, out item!), required);

    /// <summary>A mapping of texts, such as labels.</summary>
    public ImmutableSortedDictionary<string, string> Texts(string key, bool required = false) => Texts(key, FieldValues.MapText, required);

    /// <summary>A mapping of texts of a kind.</summary>
    public ImmutableSortedDictionary<string, string> Texts(string key, FieldConversion<string> conversion, bool required = false)
    {
        ImmutableSortedDictionary<string, string>.Builder texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Mapping(key, required)?._mapping is not { } mapping) return texts.ToImmutable();
        foreach (DocumentEntry entry in mapping.Entries)
        {
            if (Convert(entry.Value, DocumentPath.Key(PathOf(key), entry.Key.Text), conversion, out string value)) texts[entry.Key.Text] = value;
        }

        return texts.ToImmutable();
    }

    /// <summary>A field that is answered with an error of its own wherever it is there.</summary>
    public void Refuse(string key, string rule, string message, string advice)
    {
        if (_mapping?[key] is { } node) Report(node, PathOf(key), new(message, advice, rule));
        _refused.Add(key);
    }

    /// <summary>Fields that are somebody else's, so that no likeness to ours is looked for.</summary>
    public void Ignore(params ReadOnlySpan<string> keys) => _known.AddRange(keys);

    /// <summary>Reports every field that was not asked for (R33).</summary>
    public void Finish() => EachUnknown((key, nearest) =>
    {
        string advice = nearest is null ? $"Known here: {string.Join(", ", _known)}." : $"Did you mean '{nearest}'?";
        _context.Add(FindingSeverity.Error, key, PathOf(key.Text), $"The field '{Finding.Shorten(key.Text)}' is not known.", advice, "R33", _mapping![key.Text]);
    });

    /// <summary>As <see cref="Finish"/> in an object with fields of others: warns of those that are close to one of ours.</summary>
    public void FinishShared() => EachUnknown((key, nearest) =>
    {
        if (nearest is null || _mapping![nearest] is not null) return;
        _context.Add(FindingSeverity.Warning, key, PathOf(key.Text), $"The field '{key.Text}' is kept but not read; it is close to '{nearest}'.", $"If you mean '{nearest}', write it so.", "R33", _mapping[key.Text]);
    });

    public void Report(string key, FieldProblem problem) => Report(_mapping?[key] ?? _node, PathOf(key), problem);

    public void Warn(string key, FieldProblem problem) =>
        _context.Add(FindingSeverity.Warning, _mapping?[key] ?? _node, PathOf(key), problem.Message, problem.Advice, problem.Rule);

    private void EachUnknown(Action<DocumentScalar, string?> report)
    {
        if (_mapping is null) return;
        List<string> asked = [.. _known];
        foreach (DocumentScalar key in _mapping.Entries.Select(entry => entry.Key).Where(key => !asked.Contains(key.Text) && !_refused.Contains(key.Text)))
        {
            report(key, NearestName.Find(key.Text, asked));
        }
    }

    private bool TryValue<T>(string key, FieldConversion<T> conversion, bool required, out T value)
    {
        value = default!;
        return Node(key, required) is { } node && Convert(node, PathOf(key), conversion, out value);
    }

    private bool Convert<T>(DocumentNode node, string path, FieldConversion<T> conversion, out T value)
    {
        value = default!;
        if (node is not DocumentScalar { IsNull: false } scalar)
        {
            Report(node, path, new($"A single value is expected here, and this is {node.Kind}.", "Write one value."));
            return false;
        }

        if (conversion(scalar, out value) is not { } problem) return true;
        Report(scalar, path, problem);
        return false;
    }

    private void Report(DocumentNode node, string path, FieldProblem problem) =>
        _context.Add(FindingSeverity.Error, node, path, problem.Message, problem.Advice, problem.Rule);
}
