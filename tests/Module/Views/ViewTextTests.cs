using System.Net;
using BgpLoadBalancer.PowerShell.Views;

namespace BgpLoadBalancer.Module.Tests.Views;

public sealed class ViewTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.999, "0s")]
    [InlineData(12, "12s")]
    [InlineData(59.999, "59s")]
    [InlineData(60, "1m")]
    [InlineData(5 * 60 + 59, "5m")]
    [InlineData(3_599, "59m")]
    [InlineData(3_600, "1h")]
    [InlineData(3 * 3_600 + 3_599, "3h")]
    [InlineData(86_399, "23h")]
    [InlineData(86_400, "1d")]
    [InlineData(400 * 86_400.0, "400d")]
    [InlineData(-5, "0s")]
    public void An_age_is_one_whole_unit(double seconds, string text) => Assert.Equal(text, ViewText.Age(Now.AddSeconds(-seconds), Now));

    [Fact]
    public void Never_has_no_age() => Assert.Equal("", ViewText.Age(null, Now));

    [Fact]
    public void The_offset_of_a_time_does_not_matter() => Assert.Equal("12s", ViewText.Age(Now.AddSeconds(-12).ToOffset(TimeSpan.FromHours(9)), Now));

    [Fact]
    public void A_list_has_commas() => Assert.Equal("203.0.113.1/32, 2001:db8::/64", ViewText.List(new[] { IPNetwork.Parse("203.0.113.1/32"), IPNetwork.Parse("2001:db8::/64") }));

    [Fact]
    public void A_cell_that_wraps_has_lines() => Assert.Equal("10.0.0.1\n10.0.0.2", ViewText.Lines(new[] { "10.0.0.1", "10.0.0.2" }));

    [Fact]
    public void No_list_is_empty() => Assert.Equal("", ViewText.List(null));

    [Fact]
    public void Labels_are_in_order() =>
        Assert.Equal("a=1,b=2", ViewText.Labels(new System.Collections.Hashtable { ["b"] = 2, ["a"] = "1" }));
}
