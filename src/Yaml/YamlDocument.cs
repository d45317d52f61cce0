using System.Collections.Immutable;
using System.Text;

namespace BgpLoadBalancer.Yaml;

/// <summary>One document of a file.</summary>
/// <param name="File">The name under which it was read, for messages.</param>
/// <param name="Number">From 1.</param>
/// <param name="Root">An empty document has a null scalar.</param>
public sealed record YamlDocument(string File, int Number, YamlNode Root)
{
    /// <summary>The character of the text where it starts: its <c>---</c>, or its first token where it has none.</summary>
    public int Start { get; internal init; }

    /// <summary>Reads all documents of a text.</summary>
    /// <param name="file">The name for messages.</param>
    /// <exception cref="YamlFormatException">The text is not YAML that we take; the first place where it is not.</exception>
    public static ImmutableArray<YamlDocument> Parse(string text, string file, YamlLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= YamlLimits.Default;
        return text.Length > limits.MaxLength
            ? throw TooLong(file, limits)
            : new TreeBuilder(file, limits).Build(text);
    }

    /// <summary>Reads all documents of a UTF-8 file (a byte order mark for another Unicode encoding is honoured).</summary>
    /// <exception cref="YamlFormatException">As in <see cref="Parse"/>, or the file is not UTF-8, or longer than the limit.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImmutableArray<YamlDocument> Load(string path, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        try
        {
            using StreamReader reader = new(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            StringBuilder text = new();
            char[] block = new char[16 * 1024];
            for (int read; (read = reader.Read(block)) > 0;)
            {
                // A file without an end, such as a pipe, is refused too.
                if (text.Length + read > limits.MaxLength) throw TooLong(path, limits);
                text.Append(block, 0, read);
            }

            return Parse(text.ToString(), path, limits);
        }
        catch (DecoderFallbackException exception)
        {
            throw new YamlFormatException(path, new(1, 1, 1), "The file is not UTF-8 text.", exception);
        }
    }

    private static YamlFormatException TooLong(string file, YamlLimits limits) =>
        new(file, new(1, 1, 1), $"The text is longer than {limits.MaxLength} characters, the most that is read.");
}
