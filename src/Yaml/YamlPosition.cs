using System.Globalization;

namespace BgpLoadBalancer.Yaml;

/// <summary>Where something stands in a file.</summary>
/// <param name="Document">The number of the document within its file, from 1.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
public readonly record struct YamlPosition(int Document, int Line, int Column)
{
    /// <summary><c>line:column</c>, as compilers write it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line}:{Column}");
}
