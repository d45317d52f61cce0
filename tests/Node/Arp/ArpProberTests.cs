using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Node.Arp;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Arp;

public sealed class ArpProberTests
{
    private static readonly PhysicalAddress Own = PhysicalAddress.Parse("02-00-00-00-00-01");
    private static readonly PhysicalAddress Other = PhysicalAddress.Parse("02-00-00-00-00-02");
    private static readonly IPAddress Address = IPAddress.Parse("10.0.1.100");

    private readonly FakeTimeProvider _time = new();
    private readonly FakeArpLink _link;

    public ArpProberTests() => _link = new(_time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_after_all_probes_means_that_the_address_is_free(bool standard)
    {
        ArpTimings timings = standard ? ArpTimings.Standard : ArpTimings.Failover;
        for (int seed = 0; seed < 20; seed++)
        {
            FakeArpLink link = new(_time);
            Task<PhysicalAddress?> probing = Prober(timings, seed, link).ProbeAsync(Address, Cancelled);
            TimeSpan took = await RunAsync(probing);

            Assert.Null(await probing);
            Assert.Equal(timings.ProbeCount, link.Sent.Count);
            Assert.All(link.Sent, sent => Assert.Equal(ArpPacket.Probe(Own, Address), sent.Packet));
            Assert.InRange(link.Sent[0].At, TimeSpan.Zero, timings.ProbeWait + Step);
            Assert.All(link.Sent.Zip(link.Sent.Skip(1)), pair => Assert.InRange(pair.Second.At - pair.First.At, timings.ProbeMin, timings.ProbeMax + Step));
            Assert.True(took >= link.Sent[^1].At + timings.AnnounceWait);
        }
    }

    [Fact]
    public async Task The_moments_of_the_probes_come_from_the_random_numbers()
    {
        async Task<IEnumerable<TimeSpan>> MomentsAsync(int seed)
        {
            FakeArpLink link = new(_time);
            await RunAsync(Prober(ArpTimings.Failover, seed, link).ProbeAsync(Address, Cancelled));
            return link.Sent.Select(sent => sent.At);
        }

        Assert.Equal(await MomentsAsync(1), await MomentsAsync(1));
        Assert.NotEqual(await MomentsAsync(1), await MomentsAsync(2));
    }

    [Fact]
    public async Task An_answer_ends_the_probing_at_once()
    {
        Task<PhysicalAddress?> probing = Prober(ArpTimings.Standard, seed: 1, _link).ProbeAsync(Address, Cancelled);
        _link.Hear(ArpPacket.Announcement(Other, IPAddress.Parse("10.0.1.7")));
        _link.Hear(new(ArpOperation.Reply, Other, Address, Own, IPAddress.Any));

        Assert.Equal(Other, await probing);
        Assert.Empty(_link.Sent);
    }

    [Fact]
    public async Task An_answer_that_came_while_the_host_was_suspended_counts()
    {
        _link.IsSuspended = true;
        Task<PhysicalAddress?> probing = Prober(ArpTimings.Failover, seed: 1, _link).ProbeAsync(Address, Cancelled);
        _link.Hear(ArpPacket.Probe(Other, Address));
        await RunAsync(probing);

        Assert.Equal(Other, await probing);
    }

    [Fact]
    public async Task An_interface_that_goes_down_is_no_silence()
    {
        _link.Failure = new("down", NodeNetworkFault.InterfaceDown);
        Task<PhysicalAddress?> probing = Prober(ArpTimings.Failover, seed: 1, _link).ProbeAsync(Address, Cancelled);
        await RunAsync(probing);

        Assert.Same(_link.Failure, await Assert.ThrowsAsync<NodeNetworkException>(() => probing));
    }

    [Fact]
    public async Task It_can_be_cancelled()
    {
        using CancellationTokenSource cancelling = new();
        Task<PhysicalAddress?> probing = Prober(ArpTimings.Standard, seed: 1, _link).ProbeAsync(Address, cancelling.Token);
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probing);
    }

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private ArpProber Prober(ArpTimings timings, int seed, FakeArpLink link) => new(link, Own, new HashSet<PhysicalAddress> { Own }, timings, new Random(seed), _time);

    // Steps until it is done. Away from the test's synchronization context, what is due runs within its step.
    private Task<TimeSpan> RunAsync(Task task) => Task.Run(
        async () =>
        {
            TimeSpan took = TimeSpan.Zero;
            for (; !task.IsCompleted; took += Step)
            {
                Assert.True(took < TimeSpan.FromMinutes(10), "The probing does not end.");
                _time.Advance(Step);
                await Task.Yield();
            }

            return took;
        },
        Cancelled);
}
