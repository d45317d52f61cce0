using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

public sealed class LoopbackNodeNetworkTests
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.1.100");

    private readonly FakeTimeProvider _time = new();
    private readonly LoopbackSegment _segment = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_of_another_node_is_found_by_probing_until_it_is_taken_off()
    {
        LoopbackNodeNetwork first = Node("node-1", "127.0.1.10");
        LoopbackNodeNetwork second = Node("node-2", "127.0.1.11");
        Assert.Null(await second.ProbeAsync(Address, Cancelled));
        Assert.True(await first.HoldAsync(Address, In(12), Cancelled));

        Assert.Null(await first.ProbeAsync(Address, Cancelled));
        Assert.Equal("node node-1", await second.ProbeAsync(Address, Cancelled));
        await first.RemoveAsync(Address, Cancelled);
        Assert.Null(await second.ProbeAsync(Address, Cancelled));
    }

    [Fact]
    public async Task An_address_goes_by_itself_by_its_deadline_and_a_renewal_puts_that_off()
    {
        LoopbackNodeNetwork node = Node("node-1", "127.0.1.10");
        await node.HoldAsync(Address, In(3.9), Cancelled);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(["node-1"], _segment.HoldersOf(Address));
        await node.HoldAsync(Address, In(3.9), Cancelled);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(["node-1"], _segment.HoldersOf(Address));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Empty(_segment.HoldersOf(Address));
    }

    [Fact]
    public async Task With_less_than_a_second_left_nothing_is_changed()
    {
        LoopbackNodeNetwork node = Node("node-1", "127.0.1.10");

        Assert.False(await node.HoldAsync(Address, In(0.9), Cancelled));
        Assert.Empty(_segment.HoldersOf(Address));
        await node.HoldAsync(Address, In(5), Cancelled);
        Assert.False(await node.HoldAsync(Address, In(-1), Cancelled));
        Assert.Equal(["node-1"], _segment.HoldersOf(Address));
    }

    [Fact]
    public async Task Two_holders_of_one_address_are_both_seen()
    {
        await Node("node-2", "127.0.1.11").HoldAsync(Address, In(12), Cancelled);
        await Node("node-1", "127.0.1.10").HoldAsync(Address, In(12), Cancelled);

        Assert.Equal(["node-1", "node-2"], _segment.HoldersOf(Address));
        Assert.Equal("node node-1, node-2", await Node("node-3", "127.0.1.12").ProbeAsync(Address, Cancelled));
    }

    [Fact]
    public async Task Nodes_share_the_segment_of_the_process_unless_told_otherwise()
    {
        IPAddress address = IPAddress.Parse("127.77.7.100");
        InterfacePrefix prefix = new(IPAddress.Parse("127.77.7.10"), 24);
        LoopbackNodeNetwork first = new("node-1", [prefix], _time);
        await first.HoldAsync(address, In(12), Cancelled);

        Assert.Equal("node node-1", await new LoopbackNodeNetwork("node-2", [prefix], _time).ProbeAsync(address, Cancelled));
        await first.RemoveAsync(address, Cancelled);
        Assert.Empty(LoopbackSegment.Shared.HoldersOf(address));
    }

    [Theory]
    [InlineData("10.0.1.100", "127.0.0.0/8")]
    [InlineData("127.0.2.100", "127.0.1.10/24")]
    public async Task An_address_out_of_reach_is_refused(string address, string words)
    {
        LoopbackNodeNetwork node = Node("node-1", "127.0.1.10");

        NodeNetworkException error = await Assert.ThrowsAsync<NodeNetworkException>(() => node.ProbeAsync(IPAddress.Parse(address), Cancelled));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NodeNetworkException>(() => node.HoldAsync(IPAddress.Parse(address), In(12), Cancelled));
    }

    [Fact]
    public async Task Its_own_addresses_are_published_the_nodes_first()
    {
        InterfacePrefix[] prefixes = [new(IPAddress.Parse("127.0.2.10"), 24), new(IPAddress.Parse("127.0.1.10"), 24), new(Address, 32)];
        LoopbackNodeNetwork node = new("node-1", [.. prefixes], _time, _segment);

        Assert.Equal([prefixes[1], prefixes[0]], await node.GetPrefixesAsync(prefixes[1].Address, new HashSet<IPAddress> { Address }, Cancelled));
    }

    private LoopbackNodeNetwork Node(string name, string address) => new(name, [new(IPAddress.Parse(address), 24)], _time, _segment);

    private Deadline In(double seconds) => new(_time, _time.GetTimestamp() + (long)(seconds * _time.TimestampFrequency));
}
