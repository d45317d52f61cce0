using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.Reporting;

public sealed class NodeAddressPublisherTests
{
    private static readonly IPAddress NodeIP = IPAddress.Parse("10.0.1.10");
    private static readonly IPAddress FloatingIP = IPAddress.Parse("10.0.1.100");

    private readonly FakeTimeProvider _time = new();
    private readonly ManifestClusterStore _inner = new(new() { Seed = 1 });
    private readonly FlakyStore _store;
    private readonly Host _host = new();

    public NodeAddressPublisherTests() => _store = new(_inner);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_addresses_are_published_and_everything_else_of_the_Node_stays()
    {
        await using Running running = new(_time);
        await NodeAsync();
        await StartAsync(running);

        NodeResource node = (await _inner.GetAsync<NodeResource>("", "node-1", Cancelled))!;
        Assert.Equal("10.0.1.10/24,2001:db8::10/64", Published());
        Assert.Equal(_host.Prefixes, node.InterfaceAddresses);
        Assert.Equal(("here", "kept"), (node.Metadata.Labels["rack"], node.Metadata.Annotations["other"]));
        Assert.Equal(NodeIP, _host.AskedFor);
        Assert.Equal([FloatingIP], _host.LeftOut);
    }

    [Fact]
    public async Task Nothing_is_written_while_nothing_differs()
    {
        await using Running running = new(_time);
        await NodeAsync();
        await StartAsync(running);
        await running.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(1, _store.Updates);
        Assert.Equal(21, _host.Asked);
    }

    [Fact]
    public async Task A_change_is_seen_within_the_period_and_at_once_when_it_is_told()
    {
        await using Running running = new(_time);
        await NodeAsync();
        NodeAddressPublisher publisher = await StartAsync(running);

        _host.Prefixes = [new(NodeIP, 25)];
        Assert.InRange((await running.UntilAsync(() => Published() == "10.0.1.10/25")).TotalSeconds, 29, 30.5);
        _host.Prefixes = [new(NodeIP, 26)];
        publisher.Changed();
        publisher.Changed();
        await Running.SettleAsync(() => Published() == "10.0.1.10/26");
    }

    [Fact]
    public async Task What_somebody_else_writes_over_it_is_put_right()
    {
        await using Running running = new(_time);
        await NodeAsync();
        await StartAsync(running);
        NodeResource node = (await _inner.GetAsync<NodeResource>("", "node-1", Cancelled))!;
        await _inner.UpdateAsync(node with { Metadata = node.Metadata with { Annotations = node.Metadata.Annotations.SetItem(NodeResource.AddressesAnnotation, "10.9.9.9/8") } }, Cancelled);

        await running.UntilAsync(() => Published() == "10.0.1.10/24,2001:db8::10/64");
    }

    [Fact]
    public async Task A_change_of_the_Node_in_between_is_kept()
    {
        await using Running running = new(_time);
        NodeResource node = await NodeAsync();
        _store.InBetween = () => _inner.UpdateAsync(node with { Metadata = node.Metadata with { Labels = node.Metadata.Labels.SetItem("rack", "there") } }, Cancelled);
        await StartAsync(running);

        Assert.Equal("there", (await _inner.GetAsync<NodeResource>("", "node-1", Cancelled))!.Metadata.Labels["rack"]);
        Assert.Equal(2, _store.Updates);
    }

    [Theory]
    [InlineData("store", "The store is away.")]
    [InlineData("host", "no ip")]
    [InlineData("interfaces", "No interface that is up has a global address.")]
    public async Task A_failure_is_said_once_and_tried_again_each_second(string what, string words)
    {
        await using Running running = new(_time);
        await NodeAsync();
        Break(what, isBroken: true);
        await StartAsync(running);
        await running.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(words, Assert.Single(running.Reports).Error);

        Break(what, isBroken: false);
        Assert.InRange((await running.UntilAsync(() => Published() is not null)).TotalSeconds, 0, 1.5);
    }

    [Fact]
    public async Task A_Node_that_is_not_there_is_named()
    {
        await using Running running = new(_time);
        await StartAsync(running);

        Assert.Contains("no Node node-1", Assert.Single(running.Reports).Error, StringComparison.Ordinal);
    }

    private void Break(string what, bool isBroken)
    {
        if (what == "store") _store.IsAway = isBroken;
        if (what == "host") _host.Failure = isBroken ? new("no ip", NodeNetworkFault.ToolMissing) : null;
        if (what == "interfaces") _host.Prefixes = isBroken ? [] : new Host().Prefixes;
    }

    private async Task<NodeAddressPublisher> StartAsync(Running running)
    {
        NodeAddressPublisher publisher = new(_store, _host, "node-1", () => new HashSet<IPAddress> { FloatingIP }, running.Time, running.Reports.Enqueue);
        await running.StartAsync(publisher.RunAsync);
        return publisher;
    }

    private async Task<NodeResource> NodeAsync()
    {
        ResourceMetadata metadata = new() { Name = "node-1" };
        NodeResource created = await _inner.CreateAsync(
            new NodeResource { Metadata = metadata with { Labels = metadata.Labels.Add("rack", "here"), Annotations = metadata.Annotations.Add("other", "kept") } },
            Cancelled);
        return await _inner.UpdateStatusAsync(created with { InternalIPs = [NodeIP] }, Cancelled);
    }

    private string? Published() => _inner.GetAsync<NodeResource>("", "node-1", Cancelled).GetAwaiter().GetResult()?.Metadata.Annotations.GetValueOrDefault(NodeResource.AddressesAnnotation);

    private sealed class Host : IHostSubnets
    {
        public ImmutableArray<InterfacePrefix> Prefixes { get; set; } = [new(NodeIP, 24), new(IPAddress.Parse("2001:db8::10"), 64)];

        public NodeNetworkException? Failure { get; set; }

        public int Asked { get; private set; }

        public IPAddress? AskedFor { get; private set; }

        public IPAddress[] LeftOut { get; private set; } = [];

        public Task<ImmutableArray<InterfacePrefix>> GetPrefixesAsync(IPAddress nodeIP, IReadOnlySet<IPAddress> leaveOut, CancellationToken cancellationToken)
        {
            Asked++;
            (AskedFor, LeftOut) = (nodeIP, [.. leaveOut]);
            return Failure is null ? Task.FromResult(Prefixes) : Task.FromException<ImmutableArray<InterfacePrefix>>(Failure);
        }
    }
}
