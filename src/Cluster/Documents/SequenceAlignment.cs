using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Documents;

/// <summary>Says which item of a list became which, so that the others keep their text.</summary>
public static class SequenceAlignment
{
    /// <summary>
    /// Pairs of indices, both rising. Equal items at both ends belong together; between, the longest common part; what is left
    /// between two pairs counts as changed, in order. Lists of more than a thousand items are compared at their ends only.
    /// </summary>
    public static ImmutableArray<(int From, int To)> Pair(ImmutableArray<DocumentNode> from, ImmutableArray<DocumentNode> to)
    {
        const int MostCompared = 1000;
        int head = 0;
        while (head < from.Length && head < to.Length && DocumentContent.Same(from[head], to[head])) head++;
        int tail = 0;
        while (tail < from.Length - head && tail < to.Length - head && DocumentContent.Same(from[^(tail + 1)], to[^(tail + 1)])) tail++;
        int rows = from.Length - head - tail;
        int columns = to.Length - head - tail;
        List<(int From, int To)> same = rows > MostCompared || columns > MostCompared ? [] : Common(from.AsSpan(head, rows), to.AsSpan(head, columns));
        ImmutableArray<(int, int)>.Builder pairs = ImmutableArray.CreateBuilder<(int, int)>();
        for (int i = 0; i < head; i++) pairs.Add((i, i));
        (int i0, int j0) = (0, 0);
        foreach ((int i, int j) in same.Append((rows, columns)))
        {
            // A gap on both sides: its items were changed, not taken out and put in.
            for (; i0 < i && j0 < j; i0++, j0++) pairs.Add((head + i0, head + j0));
            if (i < rows && j < columns) pairs.Add((head + i, head + j));
            (i0, j0) = (i + 1, j + 1);
        }

        for (int i = tail; i > 0; i--) pairs.Add((from.Length - i, to.Length - i));
        return pairs.DrainToImmutable();
    }

    private static List<(int From, int To)> Common(ReadOnlySpan<DocumentNode> from, ReadOnlySpan<DocumentNode> to)
    {
        int[,] length = new int[from.Length + 1, to.Length + 1];
        for (int i = from.Length - 1; i >= 0; i--)
        {
            for (int j = to.Length - 1; j >= 0; j--) length[i, j] = DocumentContent.Same(from[i], to[j]) ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        }

        List<(int, int)> pairs = [];
        for (int i = 0, j = 0; i < from.Length && j < to.Length;)
        {
            if (DocumentContent.Same(from[i], to[j])) pairs.Add((i++, j++));
            else if (length[i + 1, j] >= length[i, j + 1]) i++;
            else j++;
        }

        return pairs;
    }
}
