using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Session;

/// <summary>R42's back-off, R24's exception.</summary>
public class RetryPauses
{
    [Theory]
    [InlineData(0, 5, 5)]
    [InlineData(1, 5, 5)]
    [InlineData(2, 5, 10)]
    [InlineData(5, 5, 80)]
    [InlineData(6, 5, 120)]
    [InlineData(30, 5, 120)]
    [InlineData(3, 300, 300)] // a longer time than the upper end is taken as it is
    public void They_double_up_to_two_minutes(int failures, int retry, int seconds)
    {
        PeerState state = new PeerState(true, false) { Failures = failures };
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPolicy.Pause(state, TimeSpan.FromSeconds(retry), jitter: 1));
        Assert.Equal(TimeSpan.FromSeconds(seconds * 0.75), RetryPolicy.Pause(state, TimeSpan.FromSeconds(retry), jitter: 0));
    }

    [Theory]
    [InlineData("Running", 1)]
    [InlineData("Spent", 120)]
    public void They_are_a_second_while_somebody_else_may_still_have_the_session(string phase, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        RetryPolicy.Pause(new PeerState(true, false) { Failures = 30, FastRetry = Enum.Parse<FastRetryPhase>(phase) }, TimeSpan.FromSeconds(5), jitter: 1));
}
