namespace BgpLoadBalancer.Bgp.Tests.Routes;

public class IPPrefixText
{
    [Theory]
    [InlineData("10.0.0.1/32", "10.0.0.1/32")]
    [InlineData("10.0.0.1", "10.0.0.1/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8:0::1", "2001:db8::1/128")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    public void Is_read_and_written(string text, string expected) => Assert.Equal(expected, IPPrefix.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/+24")]
    [InlineData("10.0.0.1/ 24")]
    [InlineData("10.0.0.1/24/1")]
    [InlineData("10.0.0.1/24")] // bits beyond the length
    [InlineData("10.0.1/24")]
    [InlineData("167772161/32")]
    [InlineData("010.0.0.1/32")] // octal to some, decimal to others
    [InlineData("0x0a.0.0.1/32")]
    [InlineData("10.0.0.256/32")]
    [InlineData("2001:db8::1/129")]
    [InlineData("2001:db8::1/64")]
    [InlineData("fe80::1%eth0/128")]
    [InlineData("[2001:db8::1]/128")]
    [InlineData("[2001:db8::1]:179/128")]
    [InlineData("router/32")]
    public void Anything_else_is_refused_and_named(string text)
    {
        Assert.False(IPPrefix.TryParse(text, null, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => IPPrefix.Parse(text)).Message);
    }
}
