using System.Text;

namespace BgpLoadBalancer.Yaml.Reading;

/// <summary>Something in a file that is not as it should be, with all that is needed to mend it.</summary>
/// <param name="Path">The field, such as <c>peers[1].peerASN</c>; empty for the document itself.</param>
/// <param name="Value">What stands there, shortened; null when nothing does or it is a secret.</param>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Advice">What would be right, as a sentence.</param>
public sealed record YamlFinding(string File, YamlPosition Position, string Path, string? Value, string Message, string Advice)
{
    /// <summary><c>file:line:column: path: message Advice</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new($"{File}:{Position}: ");
        if (Path.Length > 0) text.Append(Path).Append(": ");
        return text.Append(Message).Append(' ').Append(Advice).ToString();
    }
}
