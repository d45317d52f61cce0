using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests;

public sealed class AddressBindingTests
{
    private static readonly IPAddress Vip = IPAddress.Parse("10.0.0.8");
    private static readonly IPAddress OtherVip = IPAddress.Parse("10.0.0.9");
    private static readonly IPAddress LocalIP = IPAddress.Parse("10.0.1.10");
    private static readonly InterfaceAddress NodeAddress = new("eth0", LocalIP, 24, null);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Auto_finds_the_interface_of_localIP_and_release_takes_the_VIP_off()
    {
        FakeNodeNetwork network = new(NodeAddress);
        AddressBinding binding = Binding(network);

        await binding.AcquireAsync("auto", LocalIP, Cancelled);
        Assert.Equal([NodeAddress, new("eth0", Vip, 32, AddressBinding.Lifetime)], network.Addresses);
        await binding.ReleaseAsync(keep: false);
        Assert.Equal([NodeAddress], network.Addresses);
    }

    [Fact]
    public async Task Auto_without_such_an_interface_is_an_error()
    {
        NodeNetworkException error = await Assert.ThrowsAsync<NodeNetworkException>(() => Binding(new()).AcquireAsync("auto", LocalIP, Cancelled));

        Assert.Contains("10.0.1.10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permanent_VIP_is_never_touched()
    {
        InterfaceAddress permanent = new("lo", Vip, 32, null);
        FakeNodeNetwork network = new(NodeAddress, permanent);
        AddressBinding binding = Binding(network);

        await binding.AcquireAsync("eth0", LocalIP, Cancelled);
        await binding.ReleaseAsync(keep: true);
        await binding.ReleaseAsync(keep: false);
        Assert.Equal([NodeAddress, permanent], network.Addresses);
    }

    [Fact]
    public async Task A_VIP_with_a_lifetime_is_adopted_by_a_long_run_and_left_alone_by_a_check()
    {
        InterfaceAddress left = new("eth0", Vip, 32, TimeSpan.FromSeconds(100));
        FakeNodeNetwork network = new(left);
        AddressBinding check = Binding(network, adopt: false);
        await check.AcquireAsync("eth0", LocalIP, Cancelled);
        await check.ReleaseAsync(keep: false);
        Assert.Equal([left], network.Addresses);

        AddressBinding run = Binding(network);
        await run.AcquireAsync("eth0", LocalIP, Cancelled);
        Assert.Equal([left with { Lifetime = AddressBinding.Lifetime }], network.Addresses);
        await run.ReleaseAsync(keep: false);
        Assert.Empty(network.Addresses);
    }

    [Fact]
    public async Task A_VIP_that_a_predecessor_left_on_another_interface_goes_from_there()
    {
        FakeNodeNetwork network = new(new InterfaceAddress("eth1", Vip, 32, TimeSpan.FromSeconds(100)));

        await Binding(network).AcquireAsync("eth0", LocalIP, Cancelled);
        Assert.Equal([new("eth0", Vip, 32, AddressBinding.Lifetime)], network.Addresses);
    }

    [Fact]
    public async Task When_one_VIP_fails_those_before_it_are_taken_off()
    {
        FakeNodeNetwork network = new() { Refused = OtherVip };
        AddressBinding binding = new(network, [Vip, OtherVip], adopt: true, _ => { }, _time);

        await Assert.ThrowsAsync<NodeNetworkException>(() => binding.AcquireAsync("eth0", LocalIP, Cancelled));
        Assert.Empty(network.Addresses);
    }

    [Fact]
    public async Task A_planned_restart_leaves_the_VIP_for_two_minutes()
    {
        FakeNodeNetwork network = new();
        AddressBinding binding = Binding(network);

        await binding.AcquireAsync("eth0", LocalIP, Cancelled);
        await binding.ReleaseAsync(keep: true);
        Assert.Equal([new("eth0", Vip, 32, TimeSpan.FromSeconds(120))], network.Addresses);
    }

    [Fact]
    public async Task The_lifetime_is_renewed_and_a_failure_does_not_end_the_renewing()
    {
        FakeNodeNetwork network = new();
        ConcurrentQueue<AddressBindingEvent> events = new();
        AddressBinding binding = new(network, [Vip], adopt: true, events.Enqueue, _time);
        await binding.AcquireAsync("eth0", LocalIP, Cancelled);
        await network.WasSet.WaitAsync(Cancelled);
        using CancellationTokenSource ending = new();
        Task refreshing = binding.RefreshAsync(ending.Token);

        network.Refused = Vip;
        _time.Advance(TimeSpan.FromSeconds(10));
        await network.WasSet.WaitAsync(Cancelled);
        network.Refused = null;
        _time.Advance(TimeSpan.FromSeconds(10));
        await network.WasSet.WaitAsync(Cancelled);
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refreshing);
        Assert.Single(events, happened => happened is { Message: "virtual IP not renewed", Error: not null });
    }

    [Fact]
    public async Task A_release_waits_for_a_renewal_that_is_under_way()
    {
        FakeNodeNetwork network = new();
        AddressBinding binding = Binding(network);
        await binding.AcquireAsync("eth0", LocalIP, Cancelled);
        await network.WasSet.WaitAsync(Cancelled);
        using CancellationTokenSource ending = new();
        Task refreshing = binding.RefreshAsync(ending.Token);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        network.Ready = ready.Task;
        _time.Advance(TimeSpan.FromSeconds(10));
        await network.WasSet.WaitAsync(Cancelled);

        Task release = binding.ReleaseAsync(keep: false);
        Assert.False(release.IsCompleted);
        ready.SetResult();
        await release;

        Assert.Empty(network.Addresses);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refreshing);
    }

    [Fact]
    public async Task The_VIP_follows_localIP_to_another_interface()
    {
        IPAddress next = IPAddress.Parse("10.0.2.10");
        FakeNodeNetwork network = new(NodeAddress, new("eth1", next, 24, null));
        AddressBinding binding = Binding(network);
        await binding.AcquireAsync("auto", LocalIP, Cancelled);

        await binding.FollowAsync("auto", next, Cancelled);
        Assert.Equal("eth1", Assert.Single(await network.FindAsync(Vip, Cancelled)).Interface);
        await binding.FollowAsync("eth0", LocalIP, Cancelled);
        Assert.Equal("eth1", Assert.Single(await network.FindAsync(Vip, Cancelled)).Interface);
    }

    [Fact]
    public async Task A_move_that_failed_is_tried_again()
    {
        IPAddress next = IPAddress.Parse("10.0.2.10");
        FakeNodeNetwork network = new(NodeAddress, new("eth1", next, 24, null));
        AddressBinding binding = Binding(network);
        await binding.AcquireAsync("auto", LocalIP, Cancelled);

        network.Refused = Vip;
        await Assert.ThrowsAsync<NodeNetworkException>(() => binding.FollowAsync("auto", next, Cancelled));
        network.Refused = null;
        await binding.FollowAsync("auto", next, Cancelled);
        Assert.Equal("eth1", Assert.Single(await network.FindAsync(Vip, Cancelled)).Interface);
    }

    private AddressBinding Binding(FakeNodeNetwork network, bool adopt = true) => new(network, [Vip], adopt, _ => { }, _time);
}
