using BgpLoadBalancer.Yaml;
using BgpLoadBalancer.Yaml.Reading;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>Why a file cannot be taken. <paramref name="Text"/> alone says it all; the other fields are for programs.</summary>
internal sealed record ConfigProblem(string Text, string File, int? Line = null, string? Path = null, string? Value = null)
{
    public static ConfigProblem From(YamlFinding finding) =>
        new(finding.ToString(), finding.File, finding.Position.Line, finding.Path.Length > 0 ? finding.Path : null, finding.Value);

    public static ConfigProblem From(YamlFormatException exception) => new(exception.Message, exception.File, exception.Position.Line);

    public static ConfigProblem Unreadable(string file, Exception exception) => new(
        exception is FileNotFoundException or DirectoryNotFoundException
            ? $"{file}: There is no such file."
            : $"{file}: The file cannot be read: {exception.Message}",
        file);
}
