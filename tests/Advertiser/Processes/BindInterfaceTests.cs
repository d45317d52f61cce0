using System.Net;
using BgpLoadBalancer.Node;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

/// <summary>A VIP on a real interface, in a network namespace of the test's own. There is no router in it: the address does not wait for one.</summary>
public sealed class BindInterfaceTests : IDisposable
{
    private static readonly IPAddress Vip = IPAddress.Parse("10.0.0.8");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("TERM", null)]
    [InlineData("INT", null)]
    [InlineData("USR2", 120)]
    [InlineData("KILL", 30)]
    public async Task The_VIP_is_put_on_and_goes_with_the_process(string signal, int? lifetimeAfter)
    {
        using NetworkNamespace host = new();
        LinuxNodeNetwork network = new(host.Name);
        await using AdvertiserProcess advertiser = Start(host, "auto");
        await advertiser.EventAsync("virtual IP put on", line => line.GetProperty("interface").GetString() == "v0");
        await advertiser.EventAsync("health port open");
        InterfaceAddress put = Assert.Single(await network.FindAsync(Vip, TestContext.Current.CancellationToken));
        Assert.Equal(("v0", 32), (put.Interface, put.PrefixLength));
        Assert.InRange(put.Lifetime!.Value, TimeSpan.FromSeconds(1), AddressBinding.Lifetime);

        advertiser.Signal(signal);
        int code = (await advertiser.ExitAsync()).Code;
        if (signal != "KILL") Assert.Equal(0, code);
        var left = await network.FindAsync(Vip, TestContext.Current.CancellationToken);
        if (lifetimeAfter is null) Assert.Empty(left);
        else Assert.InRange(Assert.Single(left).Lifetime!.Value.TotalSeconds, 1, lifetimeAfter.Value);

        // Whatever a predecessor left becomes the successor's.
        await using AdvertiserProcess successor = Start(host, "auto");
        await successor.EventAsync(left.IsEmpty ? "virtual IP put on" : "virtual IP taken over");
        successor.Signal("TERM");
        await successor.ExitAsync();
        Assert.Empty(await network.FindAsync(Vip, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_VIP_that_is_there_for_good_stays()
    {
        using NetworkNamespace host = new();
        host.Run("address", "add", "10.0.0.8/32", "dev", "lo");
        await using AdvertiserProcess advertiser = Start(host, "v0");
        await advertiser.EventAsync("virtual IP was there already and stays when this ends", line => line.GetProperty("interface").GetString() == "lo");
        await advertiser.EventAsync("started");
        advertiser.Signal("TERM");
        Assert.Equal(0, (await advertiser.ExitAsync()).Code);

        Assert.Equal(new("lo", Vip, 32, null), Assert.Single(await new LinuxNodeNetwork(host.Name).FindAsync(Vip, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task An_interface_that_is_not_there_ends_with_3()
    {
        using NetworkNamespace host = new();
        await using AdvertiserProcess advertiser = Start(host, "eth9");

        Assert.Equal(3, (await advertiser.ExitAsync()).Code);
        Assert.Contains(advertiser.Lines, line => line.Contains("eth9", StringComparison.Ordinal) && line.Contains("error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_check_that_fails_takes_the_VIP_off_too()
    {
        using NetworkNamespace host = new();
        await using AdvertiserProcess check = AdvertiserProcess.StartIn(host.Name, "--config", Config(), "--advertise-ip", "10.0.0.8", "--bind-interface", "auto", "--check", "--timeout", "1");

        (int code, string error) = await check.ExitAsync();
        Assert.Equal(1, code);
        Assert.Contains("virtual IP put on", error, StringComparison.Ordinal);
        Assert.Contains("virtual IP taken off", error, StringComparison.Ordinal);
        Assert.Empty(await new LinuxNodeNetwork(host.Name).FindAsync(Vip, TestContext.Current.CancellationToken));
    }

    private AdvertiserProcess Start(NetworkNamespace host, string interfaceName) =>
        AdvertiserProcess.StartIn(host.Name, "--config", Config(), "--advertise-ip", "10.0.0.8", "--health-address", "127.0.0.1:0", "--bind-interface", interfaceName);

    private string Config() => _folder.Write("f.yaml", "localIP: 10.0.1.10\nlocalASN: 65500\npeers: [{peerIP: 10.0.1.254, peerASN: 65000}]");
}
