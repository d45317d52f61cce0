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

    /// <summary>
    /// As <see cref="Find"/>, among things that people number. One that differs in its number alone is another thing: node-2 is not meant by node-1. Digits in
    /// the wrong order, and one too many or too few, are slips.
    /// </summary>
    public static string? FindNumbered(string name, IEnumerable<string> known) => Find(name, known.Where(candidate => !IsAnother(name, candidate)));

    private static bool IsAnother(string one, string other)
    {
        if (!one.Where(letter => !char.IsAsciiDigit(letter)).SequenceEqual(other.Where(letter => !char.IsAsciiDigit(letter)))) return false;
        int[] more = [.. Enumerable.Range('0', 10).Select(digit => one.Count(letter => letter == digit) - other.Count(letter => letter == digit))];
        return more.Max() > 0 && more.Min() < 0;
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
