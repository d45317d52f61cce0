using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Tests.Validation;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["localASN", "bgpPeers", "ip", "nodePoolSpec", "addressPools"];

    [Theory]
    [InlineData("localAsn", "localASN")]
    [InlineData("bgpPeer", "bgpPeers")]
    [InlineData("bpgPeers", "bgpPeers")]
    [InlineData("addresPool", "addressPools")]
    [InlineData("iq", "ip")]
    [InlineData("replicas", null)]
    [InlineData("", null)]
    public void The_known_name_that_was_meant_is_found(string name, string? meant) => Assert.Equal(meant, NearestName.Find(name, Known));

    [Theory]
    [InlineData("node-20", null)]
    [InlineData("node-12", "node-21")]
    [InlineData("node-211", "node-21")]
    [InlineData("node21", "node-21")]
    [InlineData("noed-21", "node-21")]
    [InlineData("10.0.1.4", null)]
    public void Another_number_is_another_thing(string name, string? meant) => Assert.Equal(meant, NearestName.FindNumbered(name, ["node-21", "10.0.1.5"]));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    public void The_distance_counts_edits(string from, string to, int distance)
    {
        Assert.Equal(distance, NearestName.Distance(from, to));
        Assert.Equal(distance, NearestName.Distance(to, from));
    }

    [Fact]
    public void A_name_of_any_length_is_answered_at_once() => Assert.Null(NearestName.Find(new string('a', 1_000_000), Known));
}
