using System.Collections.Immutable;
using System.Text;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.Yaml;

namespace BgpLoadBalancer.Kubernetes.Manifests;

/// <summary>Manifests in YAML, or in JSON, which is YAML too.</summary>
public sealed class YamlManifestFormat : IManifestFormat
{
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    public ImmutableArray<ManifestFile> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            return [.. Directory.EnumerateFiles(path)
                .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .Select(Load)];
        }

        return File.Exists(path) ? [Load(path)] : throw new FileNotFoundException($"There is neither a file nor a folder '{path}'.", path);
    }

    public ManifestFile Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new(file, text, [.. YamlDocument.Parse(text, file).Select(YamlConversion.ToManifest)]);
        }
        catch (YamlFormatException exception)
        {
            return Unreadable(file, text, exception.Position, exception.Problem, "Look at the indentation, the quotes and the colons here; nothing of this file is read until it is YAML.");
        }
    }

    public string Write(ManifestFile file, IReadOnlyList<ManifestDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(documents);
        return file.Problem is { } problem
            ? throw new InvalidOperationException($"{file.Path} cannot be edited, because it could not be read: {problem.Message}")
            : FileEditor.Edit(file, documents);
    }

    private ManifestFile Load(string path)
    {
        if (new FileInfo(path).Length > YamlLimits.Default.MaxLength)
        {
            return Unreadable(path, "", new(1, 1, 1), $"The file is longer than {YamlLimits.Default.MaxLength} bytes, the most that is read.", "Split it into several files.");
        }

        try
        {
            return Parse(File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)), path);
        }
        catch (DecoderFallbackException)
        {
            return Unreadable(path, "", new(1, 1, 1), "The file is not UTF-8 text.", "Save it as UTF-8.");
        }
    }

    private static ManifestFile Unreadable(string file, string text, YamlPosition position, string problem, string advice) =>
        new(file, text, [], new(FindingSeverity.Error, "R33", file, position.Document, position.Line, "", "", null, problem, advice));
}
