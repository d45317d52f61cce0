using BgpLoadBalancer.Cluster.Control.Observation;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control.Observation;

/// <summary>Ages count only what could be seen (R19, R23, R30).</summary>
public sealed class FreshnessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Freshness _freshness;

    public FreshnessTests() => _freshness = new(_time);

    [Fact]
    public void Something_is_as_old_as_its_last_change()
    {
        _freshness.Resume();
        _freshness.See("a", "1");
        Pass(3);
        _freshness.See("a", "1");
        Pass(4);
        Assert.Equal(TimeSpan.FromSeconds(7), _freshness.Age("a"));
        _freshness.See("a", "2");
        Pass(1);
        Assert.Equal(TimeSpan.FromSeconds(1), _freshness.Age("a"));
    }

    [Fact]
    public void Something_never_seen_is_as_old_as_our_sight()
    {
        Pass(10);
        Assert.Equal(TimeSpan.Zero, _freshness.Age("a"));
        _freshness.Resume();
        Pass(2);
        Assert.Equal(TimeSpan.FromSeconds(2), _freshness.Age("a"));
    }

    [Fact]
    public void Nothing_ages_while_nothing_is_seen_and_everything_is_new_afterwards()
    {
        _freshness.Resume();
        _freshness.See("a", "1");
        Pass(5);
        _freshness.Blind();
        Assert.False(_freshness.Passes);
        Pass(100);
        Assert.Equal(TimeSpan.FromSeconds(5), _freshness.Age("a"));
        _freshness.Resume();
        Assert.Equal(TimeSpan.Zero, _freshness.Age("a"));
        Pass(1);
        Assert.Equal(TimeSpan.FromSeconds(1), _freshness.Age("a"));
    }

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
