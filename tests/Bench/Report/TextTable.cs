namespace BgpLoadBalancer.Bench.Report;

/// <summary>A table that reads well in a terminal and is Markdown too.</summary>
internal static class TextTable
{
    /// <param name="rows">The first is the header; all have as many cells.</param>
    public static IEnumerable<string> Format(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        for (int i = 0; i < rows.Count; i++)
        {
            yield return "| " + string.Join(" | ", rows[i].Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |";
            if (i == 0) yield return "|" + string.Join("|", widths.Select((width, column) => column == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":")) + "|";
        }
    }
}
