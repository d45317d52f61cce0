using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Node.Arp;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Arp;

public sealed class ArpAnnouncerTests
{
    private static readonly PhysicalAddress Own = PhysicalAddress.Parse("02-00-00-00-00-01");
    private static readonly IPAddress Address = IPAddress.Parse("10.0.1.100");

    private readonly FakeTimeProvider _time = new();
    private readonly FakeArpLink _link;
    private bool _isHere = true;

    public ArpAnnouncerTests() => _link = new(_time);

    [Fact]
    public async Task It_announces_at_once_and_again_after_two_seconds()
    {
        int[] sentWhenSaid = [];
        Task announcing = Announcer().AnnounceAsync(Address, () => sentWhenSaid = [.. sentWhenSaid, _link.Sent.Count], TestContext.Current.CancellationToken);
        Assert.Single(_link.Sent);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Single(_link.Sent);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await announcing;

        Assert.Equal([(TimeSpan.Zero, ArpPacket.Announcement(Own, Address)), (TimeSpan.FromSeconds(2), ArpPacket.Announcement(Own, Address))], _link.Sent);
        Assert.Equal([1], sentWhenSaid);
    }

    [Fact]
    public async Task An_address_that_has_gone_meanwhile_is_not_announced_again()
    {
        Task announcing = Announcer().AnnounceAsync(Address, () => { }, TestContext.Current.CancellationToken);
        _isHere = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        await announcing;

        Assert.Single(_link.Sent);
    }

    [Fact]
    public async Task Cancelled_it_says_nothing_more()
    {
        using CancellationTokenSource cancelling = new();
        Task announcing = Announcer().AnnounceAsync(Address, () => { }, cancelling.Token);
        await cancelling.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => announcing);
        Assert.Single(_link.Sent);
    }

    private ArpAnnouncer Announcer() => new(_link, Own, _ => Task.FromResult(_isHere), ArpTimings.Failover, _time);
}
