using System.Collections.Immutable;

namespace BgpLoadBalancer.Yaml.Reading;

/// <summary>Collects the findings of one file, so that all of them are reported at once.</summary>
public sealed class YamlFindings(string file)
{
    private const int LongestValue = 60;

    private readonly List<YamlFinding> _items = [];

    public string File { get; } = file;

    public int Count => _items.Count;

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<YamlFinding> ToImmutable() => [.. _items.OrderBy(item => (item.Position.Document, item.Position.Line, item.Position.Column))];

    /// <param name="secret">Keeps the value out of the finding.</param>
    public void Add(YamlNode node, string path, string message, string advice, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(node);
        string? value = secret || node is not YamlScalar { IsNull: false } scalar ? null : Shorten(scalar.Text);
        _items.Add(new(File, node.Position, path, value, message, advice));
    }

    internal static string Shorten(string text) => text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
}
