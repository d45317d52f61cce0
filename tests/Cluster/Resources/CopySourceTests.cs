using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Tests.Resources;

public sealed class CopySourceTests
{
    [Fact]
    public void What_has_no_annotation_is_no_copy() => Assert.Null(CopySource.Of(Sample.Gateways));

    [Theory]
    [InlineData("1f-2e/cluster-bm", "1f-2e", "cluster-bm")]
    [InlineData("1f-2e", "1f-2e", "")]
    [InlineData("", "", "")]
    public void A_copy_says_where_it_is_from(string annotation, string uid, string space)
    {
        ResourceMetadata metadata = Sample.Gateways.Metadata;
        metadata = metadata with { Annotations = metadata.Annotations.Add("networking.gke.io/bgp-source", annotation) };
        Assert.Equal(new CopySource(uid, space), CopySource.Of(Sample.Gateways with { Metadata = metadata }));
    }
}
