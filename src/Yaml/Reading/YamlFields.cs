using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Yaml.Reading;

/// <summary>
/// Reads the fields of one mapping. What is not as it should be becomes a finding, and the field reads as if it were not there;
/// <see cref="Finish"/> reports the keys that nothing asked for.
/// </summary>
public sealed class YamlFields
{
    private readonly YamlNode _node;
    private readonly YamlMapping? _mapping;
    private readonly YamlFindings _findings;
    private readonly List<string> _known = [];

    /// <param name="node">Anything but a mapping is a finding.</param>
    /// <param name="path">The path of the node; empty for a document's root.</param>
    public YamlFields(YamlNode node, string path, YamlFindings findings)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(findings);
        _node = node;
        _mapping = node as YamlMapping;
        _findings = findings;
        Path = path;
        if (_mapping is null) findings.Add(node, path, $"A mapping (key: value) is expected here, and this is {node.Kind}.", "Write one 'key: value' on each line.");
    }

    public string Path { get; }

    public YamlPosition Position => _node.Position;

    /// <summary>The node of a key; null when it is not there or null. Marks the key as known.</summary>
    public YamlNode? Node(string key, bool required = false)
    {
        if (Has(key)) return _mapping![key];
        YamlNode? node = _mapping?[key];
        if (node is not null)
        {
            _findings.Add(node, PathOf(key), $"The key '{key}' has no value.", required ? "Give it one." : "Give it one, or leave the key out.");
        }
        else if (required && _mapping is not null)
        {
            _findings.Add(_node, PathOf(key), $"The key '{key}' is missing.", "Add it.");
        }

        return null;
    }

    /// <summary>A single value; null when it is not there or was a finding.</summary>
    /// <param name="secret">Keeps the value out of every finding.</param>
    public T? Value<T>(string key, YamlConversion<T> conversion, bool required = false, bool secret = false)
        where T : struct => TryValue(key, conversion, required, secret, out T value) ? value : null;

    public IPAddress? IPv4Address(string key, bool required = false) =>
        TryValue(key, YamlValues.IPv4Address, required, secret: false, out IPAddress value) ? value : null;

    public uint? Asn(string key, bool required = false) => Value<uint>(key, YamlValues.Asn, required);

    public int? Port(string key) => Value<int>(key, YamlValues.Port);

    public bool? Bool(string key) => Value<bool>(key, YamlValues.Bool);

    /// <summary>A duration in whole seconds.</summary>
    public TimeSpan? Seconds(string key, YamlConversion<long> conversion) =>
        Value(key, conversion) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public string? Text(string key, bool required = false, bool secret = false) =>
        TryValue(key, YamlValues.Text, required, secret, out string value) ? value : null;

    /// <summary>Whether the key is there with a value of any kind. Marks the key as known.</summary>
    public bool Has(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        return _mapping?[key] is not null and not YamlScalar { IsNull: true };
    }

    /// <summary>The items of a list with their paths; empty when it is not there or was a finding.</summary>
    /// <param name="required">The list must be there and have an item.</param>
    public ImmutableArray<(YamlNode Node, string Path)> Items(string key, bool required = false)
    {
        YamlNode? node = Node(key, required);
        if (node is null) return [];
        if (required && node is YamlSequence { Items.IsEmpty: true }) _findings.Add(node, PathOf(key), $"The list '{key}' is empty.", "Add at least one item.");
        if (node is YamlSequence list) return [.. list.Items.Select((item, index) => (item, $"{PathOf(key)}[{index}]"))];
        _findings.Add(node, PathOf(key), $"A list is expected here, and this is {node.Kind}.", "Write each item on a line of its own that starts with '- '.");
        return [];
    }

    /// <summary>Reports every key that was not asked for, with the known one that it is most like.</summary>
    public void Finish()
    {
        if (_mapping is null) return;
        foreach (YamlScalar key in _mapping.Entries.Select(entry => entry.Key).Where(key => !_known.Contains(key.Text)))
        {
            string advice = NearestName.Find(key.Text, _known) is { } nearest ? $"Did you mean '{nearest}'?" : $"Known here: {string.Join(", ", _known)}.";
            _findings.Add(key, PathOf(key.Text), $"The key '{YamlFindings.Shorten(key.Text)}' is not known.", advice);
        }
    }

    /// <summary>Reports a rule about a field that its kind alone does not say.</summary>
    public void Report(string key, string message, string advice, bool secret = false) =>
        _findings.Add(_mapping?[key] ?? _node, PathOf(key), message, advice, secret);

    private bool TryValue<T>(string key, YamlConversion<T> conversion, bool required, bool secret, out T value)
    {
        value = default!;
        YamlNode? node = Node(key, required);
        if (node is null) return false;
        if (node is not YamlScalar scalar)
        {
            _findings.Add(node, PathOf(key), $"A single value is expected here, and this is {node.Kind}.", $"Write '{key}: value'.");
            return false;
        }

        if (conversion(scalar, out value) is not { } problem) return true;
        _findings.Add(scalar, PathOf(key), problem.Message, problem.Advice, secret);
        return false;
    }

    private string PathOf(string key) => Path.Length == 0 ? YamlFindings.Shorten(key) : $"{Path}.{YamlFindings.Shorten(key)}";
}
