namespace BgpLoadBalancer.Yaml;

/// <summary>Text that is not YAML, or YAML that we do not take: duplicate keys, unknown tags, more than <see cref="YamlLimits"/>.</summary>
public sealed class YamlFormatException : FormatException
{
    public YamlFormatException(string file, YamlPosition position, string problem, Exception? innerException = null)
        : base($"{file}:{position}: {problem}", innerException)
    {
        File = file;
        Position = position;
        Problem = problem;
    }

    /// <summary>The name under which the text was read.</summary>
    public string File { get; }

    public YamlPosition Position { get; }

    /// <summary>The message without the place.</summary>
    public string Problem { get; }
}
