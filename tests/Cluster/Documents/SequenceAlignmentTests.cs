using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Documents;

public sealed class SequenceAlignmentTests
{
    [Theory]
    [InlineData("abc", "abc", "00 11 22")]
    [InlineData("abc", "ac", "00 21")]
    [InlineData("ac", "abc", "00 12")]
    [InlineData("abc", "axc", "00 11 22")]
    [InlineData("abc", "", "")]
    [InlineData("abcd", "cabd", "01 12 33")]
    public void Items_that_stayed_are_paired_and_changed_ones_in_between(string from, string to, string pairs) =>
        Assert.Equal(pairs, string.Join(' ', SequenceAlignment.Pair(Items(from), Items(to)).Select(pair => $"{pair.From}{pair.To}")));

    [Fact]
    public void Pairs_rise_on_both_sides_and_what_is_the_same_loses_nothing() =>
        Gen.Select(Gen.String[Gen.Char["abcd"], 0, 12], Gen.String[Gen.Char["abcd"], 0, 12]).Sample((from, to) =>
        {
            ImmutableArray<(int From, int To)> pairs = SequenceAlignment.Pair(Items(from), Items(to));
            Assert.All(pairs.Zip(pairs.Skip(1)), next => Assert.True(next.First.From < next.Second.From && next.First.To < next.Second.To));
            Assert.All(pairs, pair => Assert.True(pair.From < from.Length && pair.To < to.Length));
            if (from == to) Assert.Equal(from.Length, pairs.Length);
        });

    private static ImmutableArray<DocumentNode> Items(string letters) => [.. letters.Select(letter => new DocumentScalar($"{letter}", true))];
}
