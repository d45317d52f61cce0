using System.Collections.Immutable;
using System.Globalization;

namespace BgpLoadBalancer.Cluster.Documents;

/// <summary>Paths such as <c>spec.loadBalancer.bgpPeers[1].ip</c>; a key with a dot or bracket is written <c>labels['a.b/c']</c>.</summary>
public static class DocumentPath
{
    public static string Key(string path, string key)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(key);
        if (key.AsSpan().ContainsAny('.', '[', '\'')) return $"{path}['{key.Replace("'", "''", StringComparison.Ordinal)}']";
        return path.Length == 0 ? key : $"{path}.{key}";
    }

    public static string Item(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>The node at a path, or the deepest one on the way to it.</summary>
    /// <param name="exact">Whether the path leads all the way.</param>
    public static DocumentNode Find(DocumentNode root, string path, out bool exact)
    {
        ArgumentNullException.ThrowIfNull(root);
        exact = true;
        DocumentNode node = root;
        foreach (string step in Steps(path))
        {
            DocumentNode? next = node switch
            {
                DocumentMapping mapping => mapping[step],
                DocumentSequence list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Items.Length => list.Items[index],
                _ => null,
            };
            if (next is null)
            {
                exact = false;
                return node;
            }

            node = next;
        }

        return node;
    }

    /// <summary>The keys and indices of a path in their order.</summary>
    public static ImmutableArray<string> Steps(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ImmutableArray<string>.Builder steps = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < path.Length;)
        {
            if (path[i] == '.') i++;
            bool quoted = path.AsSpan(i).StartsWith("['");
            int start = quoted ? i + 2 : path[i] == '[' ? i + 1 : i;
            int end = quoted ? QuoteEnd(path, start) : path.AsSpan(start).IndexOfAny('.', '[', ']') is var next and >= 0 ? start + next : path.Length;
            steps.Add(quoted ? path[start..end].Replace("''", "'", StringComparison.Ordinal) : path[start..end]);
            i = end + (quoted ? 2 : end < path.Length && path[end] == ']' ? 1 : 0);
        }

        return steps.DrainToImmutable();
    }

    private static int QuoteEnd(string path, int start)
    {
        int end = start;
        while (end < path.Length && !(path[end] == '\'' && (end + 1 == path.Length || path[end + 1] != '\'')))
        {
            end += path[end] == '\'' ? 2 : 1;
        }

        return Math.Min(end, path.Length);
    }
}
