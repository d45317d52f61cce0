using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>Which prefixes a peer has, each once however many paths it has.</summary>
public class AdvertisedPrefixes
{
    [Fact]
    public async Task Are_named_in_order_up_to_a_number()
    {
        await using SpeakerPair pair = new();
        PathSet paths = new([SpeakerPair.NodeAddress, System.Net.IPAddress.Parse("10.0.1.11")]);
        pair.ClusterSpeaker.SetRoutes([.. Enumerable.Range(1, 5).Reverse().Select(i => new Route(IPPrefix.FromIPv4(0x0A640000u + (uint)i, 32), paths))]);
        Assert.Empty(pair.ClusterSpeaker.GetAdvertisedPrefixes(SpeakerPair.Router, 10));

        await pair.EstablishAsync();
        await pair.ClusterSpeaker.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["10.100.0.1/32", "10.100.0.2/32", "10.100.0.3/32"], pair.ClusterSpeaker.GetAdvertisedPrefixes(SpeakerPair.Router, 3).Select(prefix => prefix.ToString()));
        Assert.Equal(5, pair.ClusterSpeaker.GetAdvertisedPrefixes(SpeakerPair.Router, 10).Length);
        Assert.Empty(pair.ClusterSpeaker.GetAdvertisedPrefixes("nobody", 10));
    }
}
