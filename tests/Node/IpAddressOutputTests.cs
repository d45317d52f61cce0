using System.Net;

namespace BgpLoadBalancer.Node.Tests;

public sealed class IpAddressOutputTests
{
    private static readonly IPAddress Address = IPAddress.Parse("10.0.0.8");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("[{},{\"ifname\":\"lo\",\"addr_info\":[{}]}]")]
    public void Nothing_found_is_no_entry(string json) => Assert.Empty(IpAddressOutput.Parse(json, Address));

    [Fact]
    public void Entries_of_the_address_are_read_with_their_lifetimes()
    {
        const string Json = """
            [{"ifname":"lo","addr_info":[
               {"family":"inet","local":"10.0.0.8","prefixlen":32,"scope":"global","valid_life_time":4294967295,"preferred_life_time":4294967295}]},
             {"ifname":"eth0","addr_info":[
               {"family":"inet","local":"10.0.0.9","prefixlen":24,"valid_life_time":7,"preferred_life_time":7},
               {"family":"inet","local":"10.0.0.8","prefixlen":32,"valid_life_time":29,"preferred_life_time":29}]}]
            """;

        Assert.Equal(
            [new("lo", Address, 32, null), new("eth0", Address, 32, TimeSpan.FromSeconds(29))],
            IpAddressOutput.Parse(Json, Address));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":1}")]
    [InlineData("[{\"ifname\":\"lo\",\"addr_info\":[{\"local\":\"10.0.0.8\"}]}]")]
    [InlineData("[{\"ifname\":\"lo\",\"addr_info\":[{\"local\":\"here\"}]}]")]
    public void Anything_else_is_one_exception(string json) =>
        Assert.Equal(NodeNetworkFault.Other, Assert.Throws<NodeNetworkException>(() => IpAddressOutput.Parse(json, Address)).Fault);

    [Theory]
    [InlineData("RTNETLINK answers: Operation not permitted", NodeNetworkFault.NotPermitted, "CAP_NET_ADMIN")]
    [InlineData("Cannot find device \"eth9\"", NodeNetworkFault.NoInterface, "ip link")]
    [InlineData("RTNETLINK answers: Cannot assign requested address", NodeNetworkFault.NoAddress, "requested address")]
    [InlineData("Error: ipv4: Address not found.", NodeNetworkFault.NoAddress, "Address not found")]
    [InlineData("", NodeNetworkFault.Other, "exit code 2")]
    public void Failures_are_told_apart_and_explained(string error, NodeNetworkFault fault, string words)
    {
        NodeNetworkException exception = new IpResult(2, "", error).Failure("put 10.0.0.8/32 on eth9");

        Assert.Equal(fault, exception.Fault);
        Assert.StartsWith("Could not put 10.0.0.8/32 on eth9: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }
}
