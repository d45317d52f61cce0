using System.Net;
using BgpLoadBalancer.Advertiser.Configuration;

namespace BgpLoadBalancer.Advertiser.Tests.Configuration;

public sealed class ConfigChangeTests
{
    private static readonly AdvertiserConfig First = Config("10.0.1.10", 65500, Peer("10.0.1.254"), Peer("10.0.2.254"));

    [Fact]
    public void Only_what_differs_is_a_change()
    {
        AdvertiserConfig next = Config("10.0.1.10", 65500, Peer("10.0.2.254") with { HoldTime = TimeSpan.FromSeconds(30) }, Peer("10.0.3.254"));

        ConfigChanges changes = ConfigChanges.Between(First, next);

        Assert.Equal(["10.0.3.254"], changes.Added.Select(PeerOptions.Name));
        Assert.Equal(["10.0.2.254"], changes.Changed.Select(PeerOptions.Name));
        Assert.Equal(["10.0.1.254"], changes.Removed.Select(PeerOptions.Name));
        Assert.False(changes.LocalIPChanged);
        Assert.True(ConfigChanges.Between(First, Config("10.0.1.10", 65500, Peer("10.0.2.254"), Peer("10.0.1.254"))).IsEmpty);
    }

    [Fact]
    public void Another_local_address_or_ASN_changes_every_peer()
    {
        ConfigChanges address = ConfigChanges.Between(First, First with { LocalIP = IPAddress.Parse("10.0.1.11") });
        ConfigChanges asn = ConfigChanges.Between(First, First with { LocalAsn = 65501 });

        Assert.Equal((2, true), (address.Changed.Length, address.LocalIPChanged));
        Assert.Equal((2, false), (asn.Changed.Length, asn.LocalIPChanged));
    }

    [Fact]
    public void A_poll_counts_when_the_next_one_finds_the_same()
    {
        ConfigReading first = new(First);
        ConfigReading half = new([new ConfigProblem("half written", "f")]);
        ConfigReading whole = new(First with { LocalAsn = 65501 });
        ConfigChangeDetector detector = new(first);

        Assert.False(detector.Poll(first));
        Assert.False(detector.Poll(half));
        Assert.False(detector.Poll(whole));
        Assert.True(detector.Poll(whole));
        Assert.False(detector.Poll(whole));
        Assert.False(detector.Poll(first));
        Assert.False(detector.Poll(whole));
        Assert.False(detector.Poll(first));
        Assert.True(detector.Poll(first));
    }

    [Fact]
    public void What_was_asked_for_is_not_found_again_by_the_next_poll()
    {
        ConfigReading next = new(First with { LocalAsn = 65501 });
        ConfigChangeDetector detector = new(new ConfigReading(First));

        Assert.False(detector.Poll(next));
        detector.Accept(next);
        Assert.False(detector.Poll(next));
    }

    [Fact]
    public void A_session_offers_graceful_restart_and_only_dials()
    {
        PeerConfig peer = Peer("10.0.1.254") with { PeerPort = 1179, Password = "x", TtlSecurity = true };

        var options = PeerOptions.Create(First, peer);
        Assert.Equal(TimeSpan.FromSeconds(120), options.GracefulRestart?.RestartTime);
        Assert.Equal((1179, "x", true, true, false), (options.PeerPort, options.Password, options.TtlSecurity, options.Connect, options.Accept));
        Assert.Equal((First.LocalIP, First.LocalAsn), (options.LocalAddress, options.LocalAsn));
    }

    private static AdvertiserConfig Config(string localIP, uint localAsn, params PeerConfig[] peers) => new(IPAddress.Parse(localIP), localAsn, [.. peers]);

    private static PeerConfig Peer(string address) => new(IPAddress.Parse(address), 65000);
}
