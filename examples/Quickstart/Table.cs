namespace BgpLoadBalancer.Quickstart;

/// <summary>Columns as wide as their widest cell.</summary>
internal static class Table
{
    public static void Write(TextWriter output, string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        int[] widths = [.. head.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (string[] line in lines) output.WriteLine($"   {string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()}");
        if (lines.Length == 1) output.WriteLine("   (none)");
        output.WriteLine();
    }
}
