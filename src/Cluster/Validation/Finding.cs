using System.Globalization;
using System.Text;

namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>From what must be mended to what is good to know.</summary>
public enum FindingSeverity
{
    Error,
    Warning,
    Note,
}

/// <summary>Something in a configuration that is not as it should be, with all that is needed to mend it (R33).</summary>
/// <param name="Rule">The number of the requirement, such as <c>R11</c>.</param>
/// <param name="File">Empty for what was never written to a file.</param>
/// <param name="Document">The number within the file, from 1; 0 for what was never written to a file.</param>
/// <param name="Line">From 1; 0 for what was never written to a file.</param>
/// <param name="Resource">Which object it is about, such as <c>BGPPeer cluster-bm/peer1</c>; empty when that is not known.</param>
/// <param name="Path">The field, such as <c>spec.peerASN</c>; empty for the document itself.</param>
/// <param name="Value">What stands there, shortened; null when nothing does.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Advice">What would be right, as a sentence.</param>
public sealed record Finding(
    FindingSeverity Severity,
    string Rule,
    string File,
    int Document,
    int Line,
    string Resource,
    string Path,
    string? Value,
    string Message,
    string Advice)
{
    private const int LongestValue = 60;

    /// <summary><c>file:line: error R11: resource: path: message advice</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        if (File.Length > 0) text.Append(CultureInfo.InvariantCulture, $"{File}:{Line}: ");
#pragma warning disable CA1308 // Severities are written in small letters, as compilers write them.
        text.Append(CultureInfo.InvariantCulture, $"{Severity.ToString().ToLowerInvariant()} {Rule}: ");
#pragma warning restore CA1308
        if (Resource.Length > 0) text.Append(Resource).Append(": ");
        if (Path.Length > 0) text.Append(Path).Append(": ");
        return text.Append(Message).Append(' ').Append(Advice).ToString();
    }

    internal static string Shorten(string text) => text.Length <= LongestValue ? text : $"{text[..LongestValue]}…";
}
