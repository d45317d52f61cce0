using BgpLoadBalancer.Cluster.Reading;

namespace BgpLoadBalancer.Cluster.Tests.Reading;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("10.0.0.0/24")]
    [InlineData("2001:db8::1-2001:db8::20")]
    public void A_range_is_read_and_keeps_its_text(string text) => Assert.Equal(text, AddressText.Range(text).Text);

    [Theory]
    [InlineData("10.0.0.9-10.0.0.1", "Write the lower address first: 10.0.0.1-10.0.0.9.")]
    [InlineData("10.0.0.9", "Write 10.0.0.9/32 for this one address.")]
    [InlineData("10.0.0.1-2001:db8::1", "one address family")]
    [InlineData("", "is not a range")]
    public void What_is_none_is_said_to_be_none_with_what_would_be_right(string text, string advice) =>
        Assert.Contains(advice, Assert.Throws<FormatException>(() => AddressText.Range(text)).Message, StringComparison.Ordinal);
}
