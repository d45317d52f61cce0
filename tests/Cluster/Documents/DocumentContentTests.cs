using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Cluster.Tests.Documents;

public sealed class DocumentContentTests
{
    [Theory]
    [InlineData("bgp", true, "bgp", false, true)]
    [InlineData("10.0.0.1", true, "10.0.0.1", false, true)]
    [InlineData("true", true, "true", false, false)]
    [InlineData("5", true, "5", false, false)]
    [InlineData("a", true, "b", true, false)]
    public void Quotes_count_only_where_they_change_the_kind_of_the_value(string left, bool leftPlain, string right, bool rightPlain, bool same) =>
        Assert.Equal(same, DocumentContent.Same(new DocumentScalar(left, leftPlain), new DocumentScalar(right, rightPlain)));

    [Fact]
    public void Order_counts_in_lists_and_not_in_mappings()
    {
        DocumentNode one = new DocumentScalar("1", true);
        DocumentNode two = new DocumentScalar("2", true);
        DocumentScalar a = new("a", true);
        DocumentScalar b = new("b", true);
        Assert.True(DocumentContent.Same(new DocumentMapping([new(a, one), new(b, two)]), new DocumentMapping([new(b, two), new(a, one)])));
        Assert.False(DocumentContent.Same(new DocumentMapping([new(a, one)]), new DocumentMapping([new(a, one), new(b, two)])));
        Assert.False(DocumentContent.Same(new DocumentSequence([one, two]), new DocumentSequence([two, one])));
        Assert.False(DocumentContent.Same(new DocumentSequence([]), new DocumentMapping([])));
    }
}
