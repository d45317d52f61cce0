using BgpLoadBalancer.Node.FloatingIPs;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>The durations, checked against each other, and what the kernel is given of them.</summary>
public sealed class FloatingIPSettingsTests
{
    [Theory]
    [InlineData(2, 12, 15)]
    [InlineData(0.5, 2, 4)]
    [InlineData(5.9, 12, 14)]
    public void Durations_that_fit_are_taken(double renew, double drop, double lease) => Settings(renew, drop, lease).Check();

    [Theory]
    [InlineData(6, 12, 15, "renew is 6 s and drop is 12 s: one failed renewal would cost the address; make renew less than 6 s")]
    [InlineData(2, 12, 13, "drop is 12 s and lease is 13 s: two nodes could hold the address; make lease at least 14 s")]
    [InlineData(0, 12, 15, "renew is 0 s")]
    [InlineData(0.5, 1.5, 15, "drop is 1.5 s, and must be at least 2 s")]
    [InlineData(2, 12, 14.5, "lease is 14.5 s, and must be whole seconds")]
    public void Durations_that_do_not_fit_are_refused_with_what_would_be_right(double renew, double drop, double lease, string expected)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(Settings(renew, drop, lease).Check);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(11.999, 11)]
    [InlineData(11.0, 11)]
    [InlineData(1.0, 1)]
    [InlineData(0.999, null)]
    [InlineData(-5.0, null)]
    public void The_kernel_is_given_whole_seconds_rounded_down_and_never_less_than_one(double left, int? lifetime)
    {
        FakeTimeProvider time = new();
        Deadline deadline = new(time, time.GetTimestamp() + (long)(left * time.TimestampFrequency));
        Assert.Equal(lifetime, deadline.KernelLifetime?.TotalSeconds);
    }

    private static FloatingIPSettings Settings(double renew, double drop, double lease) => new()
    {
        Renew = TimeSpan.FromSeconds(renew),
        Drop = TimeSpan.FromSeconds(drop),
        Lease = TimeSpan.FromSeconds(lease),
    };
}
