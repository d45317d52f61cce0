using System.Net;

namespace BgpLoadBalancer.Node.Tests;

public sealed class LinuxNodeNetworkTests
{
    private static readonly IPAddress Address = IPAddress.Parse("10.0.0.8");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_address_is_put_on_refreshed_and_taken_off()
    {
        using NetworkNamespace host = new();
        LinuxNodeNetwork network = new(host.Name);

        Assert.Empty(await network.FindAsync(Address, Cancelled));
        await network.SetAsync(Address, "lo", TimeSpan.FromSeconds(30), Cancelled);
        InterfaceAddress first = Assert.Single(await network.FindAsync(Address, Cancelled));
        Assert.Equal(("lo", 32, false), (first.Interface, first.PrefixLength, first.IsPermanent));
        Assert.InRange(first.Lifetime!.Value.TotalSeconds, 20, 30);
        await network.SetAsync(Address, "lo", TimeSpan.FromSeconds(120), Cancelled);
        Assert.InRange(Assert.Single(await network.FindAsync(Address, Cancelled)).Lifetime!.Value.TotalSeconds, 100, 120);
        Assert.True(await network.RemoveAsync(Address, "lo", Cancelled));
        Assert.False(await network.RemoveAsync(Address, "lo", Cancelled));
        Assert.Empty(await network.FindAsync(Address, Cancelled));
    }

    [Fact]
    public async Task An_address_of_somebody_else_is_seen_as_permanent_with_its_interface()
    {
        using NetworkNamespace host = new();
        IPAddress address = IPAddress.Parse("10.0.1.10");

        Assert.Equal(new("v0", address, 24, null), Assert.Single(await new LinuxNodeNetwork(host.Name).FindAsync(address, Cancelled)));
    }

    [Fact]
    public async Task IPv6_works_too()
    {
        using NetworkNamespace host = new();
        LinuxNodeNetwork network = new(host.Name);
        IPAddress address = IPAddress.Parse("2001:db8::8");

        await network.SetAsync(address, "lo", TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(128, Assert.Single(await network.FindAsync(address, Cancelled)).PrefixLength);
        Assert.True(await network.RemoveAsync(address, "lo", Cancelled));
    }

    [Fact]
    public async Task An_interface_that_is_not_there_is_named()
    {
        using NetworkNamespace host = new();

        NodeNetworkException error = await Assert.ThrowsAsync<NodeNetworkException>(
            () => new LinuxNodeNetwork(host.Name).SetAsync(Address, "eth9", TimeSpan.FromSeconds(30), Cancelled));
        Assert.Equal(NodeNetworkFault.NoInterface, error.Fault);
        Assert.Contains("eth9", error.Message, StringComparison.Ordinal);
    }
}
