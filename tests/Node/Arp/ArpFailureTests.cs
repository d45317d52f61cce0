using System.Net.Sockets;
using BgpLoadBalancer.Node.Arp;

namespace BgpLoadBalancer.Node.Tests.Arp;

public sealed class ArpFailureTests
{
    [Theory]
    [InlineData(SocketError.AccessDenied, NodeNetworkFault.NotPermitted, "CAP_NET_RAW")]
    [InlineData(SocketError.NetworkDown, NodeNetworkFault.InterfaceDown, "ip link set eth0 up")]
    [InlineData(SocketError.HostNotFound, NodeNetworkFault.NoInterface, "ip link")]
    [InlineData(SocketError.NoBufferSpaceAvailable, NodeNetworkFault.Other, "on eth0: ")]
    public void What_the_kernel_says_is_told_apart_and_explained(SocketError error, NodeNetworkFault fault, string words)
    {
        NodeNetworkException exception = ArpFailure.Of(new SocketException((int)error), "send an ARP packet", "eth0");

        Assert.Equal(fault, exception.Fault);
        Assert.StartsWith("Could not send an ARP packet on eth0: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }
}
