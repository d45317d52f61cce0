using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Node.Arp;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.Node.Linux;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>On real interfaces, in network namespaces.</summary>
public sealed class LinuxFloatingIPHostTests
{
    private static readonly IPAddress Address = IPAddress.Parse("10.0.1.100");

    private readonly ConcurrentQueue<AddressBindingEvent> _reports = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_free_address_is_clear_and_one_that_a_neighbour_holds_is_found_with_its_owner()
    {
        using NetworkSegment segment = new(2);
        LinuxFloatingIPHost first = Host(segment[0]);
        LinuxFloatingIPHost second = Host(segment[1]);

        Assert.Null(await first.ProbeAsync(Address, Cancelled));
        Assert.True(await first.HoldAsync(Address, In(60), Cancelled));
        Assert.Equal($"{segment.HardwareOf(0)} on v0", await second.ProbeAsync(Address, Cancelled));
        Assert.Equal($"{segment.HardwareOf(0)} on v0", await second.ProbeAsync(IPAddress.Parse("10.0.1.10"), Cancelled));
        await first.RemoveAsync(Address, Cancelled);
        Assert.Null(await second.ProbeAsync(Address, Cancelled));
    }

    [Fact]
    public async Task Neighbours_are_answered_with_strict_ARP_too()
    {
        using NetworkSegment segment = new(2);
        LinuxFloatingIPHost first = Host(segment[0]);
        // What kube-proxy sets for IPVS.
        segment[0].Set("ipv4/conf/all/arp_ignore", 1);
        segment[0].Set("ipv4/conf/all/arp_announce", 2);
        await first.HoldAsync(Address, In(60), Cancelled);

        Assert.Equal($"{segment.HardwareOf(0)} on v0", await Host(segment[1]).ProbeAsync(Address, Cancelled));
    }

    [Theory]
    [InlineData(0.1, true)]
    [InlineData(3, false)]
    public async Task An_address_does_not_stay_past_its_deadline_when_the_kernel_was_told_late(double secondsPerLook, bool stays)
    {
        using NetworkSegment segment = new(1);
        SlowTime time = new(TimeSpan.FromSeconds(secondsPerLook));

        bool isOn = await Host(segment[0]).HoldAsync(Address, new(time, time.GetTimestamp() + (30 * time.TimestampFrequency)), Cancelled);
        Assert.Equal(stays, isOn);
        Assert.Equal(stays, !(await new LinuxNodeNetwork(segment[0].Name).FindAsync(Address, Cancelled)).IsEmpty);
    }

    [Fact]
    public async Task Two_hosts_that_probe_at_the_same_time_see_each_other()
    {
        using NetworkSegment segment = new(2);
        // Long enough after the first probe for the other host to be listening, however slow this machine is.
        ArpTimings patient = new() { ProbeCount = 10, ProbeMin = TimeSpan.FromMilliseconds(200), ProbeMax = TimeSpan.FromMilliseconds(300) };

        // The one who hears first stops; the other has heard its probes by then or hears nobody, and is alone.
        string?[] found = await Task.WhenAll(
            Host(segment[0], patient).ProbeAsync(Address, Cancelled),
            Host(segment[1], patient).ProbeAsync(Address, Cancelled));
        Assert.Contains(found, owner => owner is not null);
        Assert.All(found.Index(), result => Assert.True(result.Item is null || result.Item == $"{segment.HardwareOf(1 - result.Index)} on v0"));
    }

    [Fact]
    public async Task An_address_of_this_host_is_a_predecessors_or_somebody_elses()
    {
        using NetworkSegment segment = new(1);
        LinuxFloatingIPHost host = Host(segment[0]);
        await host.HoldAsync(Address, In(60), Cancelled);

        Assert.Null(await host.ProbeAsync(Address, Cancelled));
        Assert.Equal("this host itself, on v0", await host.ProbeAsync(IPAddress.Parse("10.0.1.10"), Cancelled));
        await host.RemoveAsync(IPAddress.Parse("10.0.1.10"), Cancelled);
        Assert.NotEmpty(await new LinuxNodeNetwork(segment[0].Name).FindAsync(IPAddress.Parse("10.0.1.10"), Cancelled));
    }

    [Fact]
    public async Task An_address_stands_without_a_subnet_and_makes_no_route()
    {
        using NetworkSegment segment = new(1);
        string before = Routes();
        await Host(segment[0]).HoldAsync(Address, In(60), Cancelled);

        InterfaceAddress entry = Assert.Single(await new LinuxNodeNetwork(segment[0].Name).FindAsync(Address, Cancelled));
        Assert.Equal(("v0", 32), (entry.Interface, entry.PrefixLength));
        Assert.InRange(entry.Lifetime!.Value.TotalSeconds, 50, 60);
        Assert.Equal(before, Routes());

        // The other end of the cable may be plugged in meanwhile.
        string Routes() => segment[0].Read("-4", "route", "show").Replace(" linkdown", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announcement_moves_the_address_in_a_neighbours_table()
    {
        using NetworkSegment segment = new(3);
        LinuxFloatingIPHost first = Host(segment[0]);
        LinuxFloatingIPHost second = Host(segment[1]);
        await first.HoldAsync(Address, In(60), Cancelled);
        await first.AnnounceAsync(Address, () => { }, Cancelled);
        // A neighbour that has talked to the address before.
        segment[2].Run("neigh", "replace", $"{Address}", "lladdr", segment.HardwareOf(0), "dev", "v0", "nud", "reachable");

        await first.RemoveAsync(Address, Cancelled);
        await second.HoldAsync(Address, In(60), Cancelled);
        Assert.Equal(segment.HardwareOf(0), segment.NeighbourOf(2, Address));
        await second.AnnounceAsync(Address, () => { }, Cancelled);
        Assert.True(await SoonAsync(() => segment.NeighbourOf(2, Address) == segment.HardwareOf(1)), $"{segment.NeighbourOf(2, Address)}");
    }

    [Fact]
    public async Task An_address_goes_by_itself_by_its_deadline_and_a_renewal_puts_that_off()
    {
        using NetworkSegment segment = new(1);
        LinuxFloatingIPHost host = Host(segment[0]);
        LinuxNodeNetwork network = new(segment[0].Name);

        await host.HoldAsync(Address, In(60), Cancelled);
        await host.HoldAsync(Address, In(2.5), Cancelled);
        Assert.True(await SoonAsync(() => network.FindAsync(Address, Cancelled).GetAwaiter().GetResult().IsEmpty), "The kernel keeps the address.");
        Assert.False(await host.HoldAsync(Address, In(0.9), Cancelled));
        Assert.Empty(await network.FindAsync(Address, Cancelled));
    }

    [Fact]
    public async Task An_interface_that_is_down_or_cut_is_named()
    {
        using NetworkSegment segment = new(1);
        LinuxFloatingIPHost host = Host(segment[0]);
        segment[0].Run("link", "add", "d0", "type", "veth", "peer", "name", "d1");
        segment[0].Run("address", "add", "10.0.9.10/24", "dev", "d0");
        IPAddress address = IPAddress.Parse("10.0.9.100");

        NodeNetworkException down = await Assert.ThrowsAsync<NodeNetworkException>(() => host.ProbeAsync(address, Cancelled));
        Assert.Equal((NodeNetworkFault.InterfaceDown, "The interface d0 is down. Bring it up: ip link set d0 up."), (down.Fault, down.Message));
        segment[0].Run("link", "set", "d0", "up");
        NodeNetworkException cut = await Assert.ThrowsAsync<NodeNetworkException>(() => host.ProbeAsync(address, Cancelled));
        Assert.Contains("d0 has no carrier", cut.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_that_goes_down_under_a_probe_ends_it()
    {
        using NetworkSegment segment = new(1);
        Task<string?> probing = Host(segment[0], ArpTimings.Standard).ProbeAsync(Address, Cancelled);
        segment[0].Run("link", "set", "v0", "down");

        Assert.Equal(NodeNetworkFault.InterfaceDown, (await Assert.ThrowsAsync<NodeNetworkException>(() => probing)).Fault);
    }

    [Fact]
    public async Task An_interface_without_neighbours_is_said_and_not_asked()
    {
        using NetworkSegment segment = new(1);
        segment[0].Run("link", "set", "v0", "arp", "off");
        LinuxFloatingIPHost host = Host(segment[0]);

        Assert.Null(await host.ProbeAsync(Address, Cancelled));
        Assert.Equal("v0", Assert.Single(_reports).Interface);
        await host.AnnounceAsync(Address, () => { }, Cancelled);
    }

    [Fact]
    public async Task The_subnets_of_a_host_are_published_without_the_floating_IPs()
    {
        using NetworkSegment segment = new(1);
        segment[0].Run("address", "add", "2001:db8::10/64", "dev", "v0", "nodad");
        await Host(segment[0]).HoldAsync(Address, In(60), Cancelled);
        IPAddress nodeIP = IPAddress.Parse("10.0.1.10");

        Assert.Equal(
            [new(nodeIP, 24), new(IPAddress.Parse("2001:db8::10"), 64)],
            await new LinuxNodeNetwork(segment[0].Name).GetPrefixesAsync(nodeIP, new HashSet<IPAddress> { Address }, Cancelled));
    }

    [Fact]
    public void An_interface_that_has_gone_is_said_so()
    {
        using NetworkSegment segment = new(1);
        HostLink gone = new(9999, "gone", IsLoopback: false, IsUp: true, HasCarrier: true, PhysicalAddress.None, []);

        NodeNetworkException error = Assert.Throws<NodeNetworkException>(() => ArpSocket.Open(gone, segment[0].Name));
        Assert.Equal(NodeNetworkFault.NoInterface, error.Fault);
        Assert.StartsWith("Could not listen for ARP on gone: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_namespace_that_is_not_there_is_named()
    {
        using NetworkSegment segment = new(1);

        NodeNetworkException error = Assert.Throws<NodeNetworkException>(() => NetworkNamespaces.Run("no-such-namespace", () => 1));
        Assert.Contains("'no-such-namespace' cannot be opened", error.Message, StringComparison.Ordinal);
    }

    private static Deadline In(double seconds) => new(TimeProvider.System, TimeProvider.System.GetTimestamp() + (long)(seconds * TimeProvider.System.TimestampFrequency));

    private static async Task<bool> SoonAsync(Func<bool> condition)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(50, Cancelled))
        {
            if (condition()) return true;
        }

        return false;
    }

    // So much passes each time that somebody looks.
    private sealed class SlowTime(TimeSpan perLook) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += perLook.Ticks;
    }

    private LinuxFloatingIPHost Host(NetworkNamespace host, ArpTimings? timings = null) =>
        new(host.Name, timings ?? new ArpTimings { AnnounceInterval = TimeSpan.FromMilliseconds(200) }, new Random(1), TimeProvider.System, _reports.Enqueue);
}
