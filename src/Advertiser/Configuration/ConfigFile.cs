using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Yaml;
using BgpLoadBalancer.Yaml.Reading;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>Reads the file, and the password files that it names.</summary>
/// <param name="vips">What is announced: the file must not name one of them as an address of its own.</param>
internal sealed class ConfigFile(string path, ImmutableArray<IPAddress> vips)
{
    // A configuration has a few hundred lines at most; it is read every second.
    private static readonly YamlLimits Limits = new() { MaxLength = 1024 * 1024 };

    public string Path => path;

    public ConfigReading Read()
    {
        try
        {
            ImmutableArray<YamlDocument> documents = YamlDocument.Load(path, Limits);
            YamlFindings findings = new(path);
            if (documents is not [YamlDocument document])
            {
                return new([new ConfigProblem($"{path}: The file has {documents.Length} YAML documents. Write one, with localIP, localASN and peers.", path)]);
            }

            AdvertiserConfig? config = new ConfigReader(findings, vips, PasswordFile.RelativeTo(path)).Read(document.Root);
            return config is null ? new([.. findings.ToImmutable().Select(ConfigProblem.From)]) : new ConfigReading(config);
        }
        catch (YamlFormatException exception)
        {
            return new([ConfigProblem.From(exception)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new([ConfigProblem.Unreadable(path, exception)]);
        }
    }
}
