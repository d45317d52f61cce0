namespace BgpLoadBalancer.Cluster.Validation;

/// <summary>Finds the name that somebody who mistyped one meant.</summary>
public static class NearestName
{
    private const int LongestName = 64;

    /// <summary>The known name with the smallest edit distance, letters' case aside; null when more than a third of the name, or three letters, differ.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        if (name.Length is 0 or > LongestName) return null;
        int most = Math.Clamp(name.Length / 3, 1, 3);
        return known
            .Select(candidate => (Name: candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(candidate => candidate.Distance <= most)
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>Optimal string alignment: insertions, deletions, replacements, and swaps of neighbours.</summary>
    internal static int Distance(string from, string to)
    {
        // Three rows of the table are enough: a swap looks two back.
        int[] beforeLast = new int[to.Length + 1];
        int[] last = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int[] row = new int[to.Length + 1];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
            {
                int best = Math.Min(last[j] + (from[i] == to[j] ? 0 : 1), 1 + Math.Min(last[j + 1], row[j]));
                bool swapped = i > 0 && j > 0 && from[i] == to[j - 1] && from[i - 1] == to[j];
                row[j + 1] = swapped ? Math.Min(best, beforeLast[j - 1] + 1) : best;
            }

            (beforeLast, last) = (last, row);
        }

        return last[to.Length];
    }
}
