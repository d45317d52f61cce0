using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Linux;

namespace BgpLoadBalancer.Node.Tests.Linux;

public sealed class HostSubnetsTests
{
    private const string Forever = "\"valid_life_time\":4294967295,\"preferred_life_time\":4294967295";

    private const string Host = $$"""
        [{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"link_type":"loopback","address":"00:00:00:00:00:00","addr_info":[
            {"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host",{{Forever}}},
            {"family":"inet","local":"10.0.0.8","prefixlen":32,"scope":"global",{{Forever}}}]},
         {"ifindex":2,"ifname":"eth0","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"link_type":"ether","address":"02:42:ac:11:00:02","addr_info":[
            {"family":"inet","local":"10.0.1.100","prefixlen":32,"scope":"global","dynamic":true,"valid_life_time":9,"preferred_life_time":9},
            {"family":"inet","local":"10.0.1.9","prefixlen":24,"scope":"global",{{Forever}}},
            {"family":"inet","local":"10.0.1.10","prefixlen":24,"scope":"global",{{Forever}}},
            {"family":"inet6","local":"2001:db8::99","prefixlen":64,"scope":"global","temporary":true,{{Forever}}},
            {"family":"inet6","local":"2001:db8::98","prefixlen":64,"scope":"global","deprecated":true,{{Forever}}},
            {"family":"inet6","local":"2001:db8::10","prefixlen":64,"scope":"global",{{Forever}}},
            {"family":"inet6","local":"fe80::1","prefixlen":64,"scope":"link",{{Forever}}}]},
         {"ifindex":3,"ifname":"aux","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"link_type":"ether","address":"02:42:ac:11:00:03","addr_info":[
            {"family":"inet","local":"10.0.7.1","prefixlen":32,"scope":"global",{{Forever}}},
            {"family":"inet","local":"10.0.2.10","prefixlen":25,"scope":"global",{{Forever}}},
            {"family":"inet","local":"10.0.2.9","prefixlen":23,"scope":"global",{{Forever}}}]},
         {"ifindex":4,"ifname":"down","flags":["BROADCAST","MULTICAST"],"link_type":"ether","address":"02:42:ac:11:00:04","addr_info":[
            {"family":"inet","local":"10.0.4.10","prefixlen":24,"scope":"global",{{Forever}}}]},
         {"ifindex":5,"ifname":"cut","flags":["NO-CARRIER","BROADCAST","MULTICAST","UP"],"link_type":"ether","address":"02:42:ac:11:00:05","addr_info":[
            {"family":"inet","local":"10.0.5.10","prefixlen":24,"scope":"global",{{Forever}}}]},
         {"ifindex":6,"ifname":"tun0","flags":["POINTOPOINT","MULTICAST","NOARP","UP","LOWER_UP"],"link_type":"none","addr_info":[
            {"family":"inet","local":"10.0.6.1","address":"10.0.6.2","prefixlen":32,"scope":"global",{{Forever}}}]}]
        """;

    private static readonly ImmutableArray<HostLink> Links = IpLinkOutput.Parse(Host);

    [Fact]
    public void The_interface_of_the_node_comes_first_and_what_moves_or_passes_is_left_out() => Assert.Equal(
        ["10.0.1.10/24", "10.0.1.9/24", "2001:db8::10/64", "10.0.2.9/23", "10.0.2.10/25"],
        Published("10.0.1.10", "10.0.1.100"));

    [Fact]
    public void The_order_is_that_of_the_addresses_and_not_of_the_output()
    {
        ImmutableArray<HostLink> turned = [.. Links.Reverse().Select(link => link with { Addresses = [.. link.Addresses.Reverse()] })];

        Assert.Equal(Published("10.0.1.10"), Published(turned, "10.0.1.10"));
    }

    [Fact]
    public void An_address_without_a_subnet_counts_on_the_interface_of_the_node_only()
    {
        Assert.Contains("10.0.1.100/32", Published("10.0.1.10"));
        Assert.DoesNotContain("10.0.1.100/32", Published("10.0.2.10"));
        Assert.Equal("10.0.7.1/32", Published("10.0.7.1")[0]);
    }

    [Theory]
    [InlineData("10.0.1.77", "eth0", "the subnet of one interface")]
    [InlineData("10.0.2.77", "aux", "the narrower of two")]
    [InlineData("10.0.4.77", "down", "an interface that is down is still the one")]
    public void A_floating_IP_belongs_on_the_interface_of_its_subnet(string address, string expected, string why)
    {
        _ = why;
        Assert.Equal(expected, HostSubnets.InterfaceFor(Links, IPAddress.Parse(address)).Name);
    }

    [Theory]
    [InlineData("10.9.9.9")]
    [InlineData("10.0.7.1")]
    [InlineData("127.0.0.5")]
    public void A_floating_IP_of_no_subnet_is_refused_by_name(string address)
    {
        NodeNetworkException error = Assert.Throws<NodeNetworkException>(() => HostSubnets.InterfaceFor(Links, IPAddress.Parse(address)));
        Assert.Equal(NodeNetworkFault.NoInterface, error.Fault);
        Assert.Contains(address, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_interface_can_do_is_read_from_its_flags()
    {
        Assert.Equal([("lo", false), ("eth0", true), ("aux", true), ("down", true), ("cut", true), ("tun0", false)], Links.Select(link => (link.Name, link.Hardware is not null)));
        Links[1].EnsureWorks();
        Assert.Contains("ip link set down up", Assert.Throws<NodeNetworkException>(Links[3].EnsureWorks).Message, StringComparison.Ordinal);
        Assert.Contains("no carrier", Assert.Throws<NodeNetworkException>(Links[4].EnsureWorks).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":1}")]
    [InlineData("[{\"ifname\":\"eth0\"}]")]
    [InlineData("[{\"ifindex\":2,\"ifname\":\"eth0\",\"flags\":[],\"link_type\":\"ether\",\"address\":\"zz\",\"addr_info\":[]}]")]
    [InlineData("[{\"ifindex\":2,\"ifname\":\"eth0\",\"flags\":[],\"link_type\":\"none\",\"addr_info\":[{\"local\":\"10.0.0.1\",\"prefixlen\":99,\"scope\":\"global\"}]}]")]
    public void Anything_unexpected_is_one_exception(string json) =>
        Assert.Equal(NodeNetworkFault.Other, Assert.Throws<NodeNetworkException>(() => IpLinkOutput.Parse(json)).Fault);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    public void Nothing_is_no_interface(string json) => Assert.Empty(IpLinkOutput.Parse(json));

    private static string[] Published(string nodeIP, params string[] leaveOut) => Published(Links, nodeIP, leaveOut);

    private static string[] Published(ImmutableArray<HostLink> links, string nodeIP, params string[] leaveOut) =>
        [.. HostSubnets.Of(links, IPAddress.Parse(nodeIP), leaveOut.Select(IPAddress.Parse).ToHashSet()).Select((InterfacePrefix prefix) => $"{prefix.Address}/{prefix.Length}")];
}
