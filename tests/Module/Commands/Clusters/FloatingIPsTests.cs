using System.Net;
using BgpLoadBalancer.PowerShell.Commands.GatewayGroups;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>What is said about floating IPs, as a change of them; addresses are 10.0.0.N.</summary>
public sealed class FloatingIPsTests
{
    [Theory]
    [InlineData("1 2", null, null, null, "1 2")]
    [InlineData("1 2", null, "3", null, "1 2 3")]
    [InlineData("1 2", null, null, "1", "2")]
    [InlineData("1 2", null, "1", "1", "2 1")]
    [InlineData("1 2", "5 6", null, null, "5 6")]
    [InlineData("1 2", "5 6", "7", "5", "6 7")]
    [InlineData("1 2", null, "2", null, "1 2 2")]
    [InlineData("1 2", "", null, null, "")]
    public void A_change_keeps_what_stays_in_its_place(string now, string? all, string? added, string? removed, string after) =>
        Assert.Equal(Of(after)!, new FloatingIPs(Of(all), Of(added), Of(removed)).Change([.. Of(now)!]));

    [Fact]
    public void Nothing_said_is_known()
    {
        Assert.True(new FloatingIPs(null, null, null).SaysNothing);
        Assert.False(new FloatingIPs([], null, null).SaysNothing);
    }

    [Fact]
    public void What_is_not_there_cannot_be_removed()
    {
        Assert.Equal(Of("3")!, new FloatingIPs(null, null, Of("1 3")).Unknown([.. Of("1 2")!]));
        Assert.Equal(Of("1")!, new FloatingIPs(Of("3"), null, Of("1 3")).Unknown([.. Of("1 2")!]));
    }

    [Fact]
    public void It_reads_as_a_sentence() =>
        Assert.Equal("to 10.0.0.1, add 10.0.0.2 and 10.0.0.3, remove 10.0.0.4", new FloatingIPs(Of("1"), Of("2 3"), Of("4")).ToString());

    private static IPAddress[]? Of(string? numbers) =>
        numbers is null ? null : [.. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => IPAddress.Parse($"10.0.0.{number}"))];
}
