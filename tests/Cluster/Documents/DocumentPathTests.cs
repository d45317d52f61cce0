using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Cluster.Tests.Documents;

public sealed class DocumentPathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("spec", "spec")]
    [InlineData("spec.loadBalancer.bgpPeers[1].ip", "spec|loadBalancer|bgpPeers|1|ip")]
    [InlineData("items[3].metadata.labels['a.b/c'].x", "items|3|metadata|labels|a.b/c|x")]
    [InlineData("a['it''s.so'][0][12]", "a|it's.so|0|12")]
    [InlineData("a['", "a|")]
    public void A_path_is_taken_apart(string path, string steps) => Assert.Equal(steps, string.Join('|', DocumentPath.Steps(path)));

    [Theory]
    [InlineData("plain")]
    [InlineData("with.dot")]
    [InlineData("it's [odd]")]
    public void A_key_is_found_again(string key) => Assert.Equal(["a", key], DocumentPath.Steps(DocumentPath.Key("a", key)));

    [Fact]
    public void What_is_missing_gives_the_deepest_node_on_the_way()
    {
        DocumentMapping inner = new([new(new DocumentScalar("b", true), new DocumentScalar("1", true))]);
        DocumentMapping root = new([new(new DocumentScalar("a", true), inner)]);
        Assert.Equal("1", DocumentPath.Find(root, "a.b", out bool exact).ToString());
        Assert.True(exact);
        Assert.Same(inner, DocumentPath.Find(root, "a.c.d", out exact));
        Assert.False(exact);
    }
}
