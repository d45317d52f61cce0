using System.Collections.Immutable;

namespace BgpLoadBalancer.Yaml;

/// <summary>Collects the entries of one mapping: refuses duplicates, and resolves merge keys at the end.</summary>
internal sealed class MappingBuilder(TreeBuilder owner)
{
    private const string MergeKey = "<<";

    private readonly ImmutableArray<YamlEntry>.Builder _entries = ImmutableArray.CreateBuilder<YamlEntry>();
    private readonly Dictionary<string, YamlScalar> _keys = new(StringComparer.Ordinal);
    private readonly List<YamlMapping> _merged = [];

    public void Add(YamlScalar key, YamlNode value)
    {
        if (key.IsPlain && key.Text == MergeKey)
        {
            AddMerged(key, value);
            return;
        }

        if (!_keys.TryAdd(key.Text, key))
        {
            throw owner.Error(key.Position, $"The key '{key.Text}' stands here for the second time; the first is in line {_keys[key.Text].Position.Line}. Keep one.");
        }

        _entries.Add(new(key, value));
    }

    public ImmutableArray<YamlEntry> Build()
    {
        // A key of the mapping itself goes before a merged one, an earlier merged mapping before a later.
        foreach (YamlEntry entry in _merged.SelectMany(mapping => mapping.Entries))
        {
            if (_keys.TryAdd(entry.Key.Text, entry.Key)) _entries.Add(entry);
        }

        return _entries.DrainToImmutable();
    }

    private void AddMerged(YamlScalar key, YamlNode value)
    {
        ImmutableArray<YamlNode> sources = value is YamlSequence list ? list.Items : [value];
        foreach (YamlNode source in sources)
        {
            _merged.Add(source as YamlMapping ?? throw owner.Error(key.Position, $"A merge key takes a mapping or a list of mappings, not {source.Kind}."));
        }
    }
}
