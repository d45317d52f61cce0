using BgpLoadBalancer.Bgp.Session;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Bgp.Tests.Session;

public sealed class TimersOfASession : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TimerSet _timers;
    private int _wakes;

    public TimersOfASession() => _timers = new TimerSet(_time, () => _wakes++);

    public void Dispose() => _timers.Dispose();

    [Fact]
    public void They_expire_in_order_of_their_deadlines()
    {
        Start(TimerName.HoldOutgoing, 3);
        Start(TimerName.KeepaliveOutgoing, 1);
        Start(TimerName.ConnectRetry, 2);
        Advance(5);
        Assert.Equal([TimerName.KeepaliveOutgoing, TimerName.ConnectRetry, TimerName.HoldOutgoing], Expired());
        Assert.Empty(Expired());
    }

    [Fact]
    public void A_restart_moves_the_deadline_and_wakes_at_most_once_early()
    {
        Start(TimerName.HoldOutgoing, 3);
        Advance(2);
        Start(TimerName.HoldOutgoing, 3);
        Advance(1);
        Assert.Equal(1, _wakes);
        Assert.Empty(Expired());
        Advance(1.999);
        Assert.Equal(1, _wakes);
        Advance(0.001);
        Assert.Equal(2, _wakes);
        Assert.Equal([TimerName.HoldOutgoing], Expired());
    }

    [Fact]
    public void An_earlier_one_wakes_earlier_also_while_a_wake_is_not_dealt_with_yet()
    {
        Start(TimerName.HoldOutgoing, 10);
        Start(TimerName.KeepaliveOutgoing, 1);
        Advance(1);
        Start(TimerName.ConnectRetry, 2);
        Assert.Equal([TimerName.KeepaliveOutgoing], Expired());
        Advance(2);
        Assert.Equal([TimerName.ConnectRetry], Expired());
        Advance(7);
        Assert.Equal([TimerName.HoldOutgoing], Expired());
    }

    [Fact]
    public void Zero_and_stop_turn_off()
    {
        Start(TimerName.HoldOutgoing, 3);
        Start(TimerName.KeepaliveOutgoing, 3);
        Start(TimerName.ConnectRetry, 3);
        Start(TimerName.HoldOutgoing, 0);
        _timers.Stop(TimerName.KeepaliveOutgoing);
        Assert.False(_timers.IsRunning(TimerName.HoldOutgoing) || _timers.IsRunning(TimerName.KeepaliveOutgoing));
        Advance(100);
        Assert.Equal([TimerName.ConnectRetry], Expired());
        Assert.False(_timers.IsRunning(TimerName.ConnectRetry));
        int wakes = _wakes;
        Advance(100_000);
        Assert.Equal(wakes, _wakes);
    }

    [Fact]
    public void Fractions_of_a_millisecond_wake_not_too_early()
    {
        Start(TimerName.KeepaliveOutgoing, 0.0104);
        Advance(0.010);
        Assert.Equal(0, _wakes);
        Advance(0.001);
        Assert.Equal([TimerName.KeepaliveOutgoing], Expired());
        Assert.Equal(1, _wakes);
    }

    private void Start(TimerName name, double seconds) => _timers.Start(name, TimeSpan.FromSeconds(seconds));

    private void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private List<TimerName> Expired()
    {
        List<TimerName> expired = [];
        while (_timers.TryTakeExpired(out TimerName name)) expired.Add(name);
        return expired;
    }
}
