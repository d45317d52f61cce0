using System.Globalization;
using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Bench.Report;

/// <summary>Everything that a run found, as text for the terminal and the same text as a Markdown file.</summary>
internal sealed class BenchReport
{
    private readonly List<string> _lines = [];

    public BenchReport(string title)
    {
        _lines.Add($"# {title}");
        _lines.Add("");
        _lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}; {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm}Z"));
    }

    public void Add(string heading, string explanation, IEnumerable<string> table)
    {
        _lines.AddRange(["", $"## {heading}", "", explanation, ""]);
        _lines.AddRange(table);
    }

    /// <summary>Writes the file; its folder is made.</summary>
    public void Save(string path)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllLines(path, _lines);
    }

    public void Print(TextWriter writer)
    {
        foreach (string line in _lines) writer.WriteLine(line);
    }
}
