using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>Leases as they are written, for people and for other agents.</summary>
public sealed class LeaseRecordTests
{
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(15);
    private static readonly DateTimeOffset s_noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly LeaseResource s_new = LeaseRecord.Created(IPAddress.Parse("10.0.1.100"), s_duration);

    [Fact]
    public void A_new_lease_has_its_place_and_is_no_nodes()
    {
        Assert.Equal(("kube-system", "bgp-floating-ip-10.0.1.100", 15), (s_new.Metadata.Namespace, s_new.Metadata.Name, s_new.DurationSeconds));
        // A node's name is a DNS name, which has no such character.
        Assert.Contains('_', s_new.Holder!);
    }

    [Fact]
    public void A_take_over_counts_and_a_renewal_does_not()
    {
        LeaseResource taken = LeaseRecord.Taken(s_new, "a", s_duration, s_noon);
        Assert.Equal(("a", s_noon, s_noon, 1), (taken.Holder, taken.AcquireTime, taken.RenewTime, taken.Transitions));
        LeaseResource renewed = LeaseRecord.Taken(taken, "a", s_duration, s_noon.AddSeconds(2));
        Assert.Equal(("a", s_noon, s_noon.AddSeconds(2), 1), (renewed.Holder, renewed.AcquireTime, renewed.RenewTime, renewed.Transitions));
        LeaseResource next = LeaseRecord.Taken(LeaseRecord.Released(renewed, "node-1", null), "b", s_duration, s_noon.AddSeconds(3));
        Assert.Equal(("b", s_noon.AddSeconds(3), 2), (next.Holder, next.AcquireTime, next.Transitions));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-36_000_000_000)]
    [InlineData(9)]
    public void Each_renewal_differs_from_the_last_one_even_when_the_wall_clock_stands_or_goes_back(long ticks)
    {
        LeaseResource taken = LeaseRecord.Taken(s_new, "a", s_duration, s_noon);
        LeaseResource renewed = LeaseRecord.Taken(taken, "a", s_duration, s_noon.AddTicks(ticks));
        Assert.Equal(s_noon.AddMicroseconds(1), renewed.RenewTime);
    }
}
