using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp.Tests.Transport;

/// <summary>Real sockets on 127.0.0.0/8, ports chosen by the host.</summary>
public class TcpOnLoopback
{
    private static readonly IPAddress s_node = IPAddress.Parse("127.0.0.2");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Refused_is_told_as_refused()
    {
        int port;
        await using (IBgpListener listener = new TcpTransport().Listen(new(IPAddress.Loopback, 0))) port = listener.EndPoint.Port;
        BgpTransportException e = await FailsToConnect(port, null);
        Assert.Equal(BgpTransportFault.Refused, e.Fault);
        Assert.StartsWith($"connecting to 127.0.0.1:{port}: connection refused", e.Message);
    }

    [Fact]
    public async Task A_local_address_of_another_host_is_told_as_that()
    {
        // TEST-NET-1: nobody's.
        BgpTransportException e = await FailsToConnect(179, IPAddress.Parse("192.0.2.1"));
        Assert.Equal(BgpTransportFault.LocalAddress, e.Fault);
        Assert.Contains("192.0.2.1", e.Message);
        Assert.Equal(BgpTransportFault.LocalAddress, Assert.Throws<BgpTransportException>(() => new TcpTransport().Listen(new(IPAddress.Parse("192.0.2.1"), 0))).Fault);
    }

    [Fact]
    public async Task A_port_in_use_is_told_as_that()
    {
        await using IBgpListener listener = new TcpTransport().Listen(new(IPAddress.Loopback, 0));
        BgpTransportException e = Assert.Throws<BgpTransportException>(() => new TcpTransport().Listen(listener.EndPoint));
        Assert.Equal(BgpTransportFault.LocalPort, e.Fault);
        Assert.Contains(listener.EndPoint.ToString(), e.Message);
    }

    [Fact]
    public async Task A_factory_that_has_no_sockets_left_is_a_fault_of_the_transport()
    {
        TcpTransport transport = new(static _ => throw new SocketException((int)SocketError.TooManyOpenSockets));
        Assert.Equal(BgpTransportFault.Other, Assert.Throws<BgpTransportException>(() => transport.Listen(new(IPAddress.Loopback, 0))).Fault);
        BgpTransportException e = await Assert.ThrowsAsync<BgpTransportException>(async () => await transport.ConnectAsync(new(IPAddress.Loopback, 179, null, false, null), Stop));
        Assert.StartsWith("connecting to 127.0.0.1:179", e.Message);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "secret")]
    [InlineData(true, "secret")]
    public async Task A_session_comes_up_with_TTL_security_and_signatures_on_both_sides(bool ttlSecurity, string? password)
    {
        await using BgpSpeaker router = Router(ttlSecurity, password);
        await using BgpSpeaker node = Node(router, ttlSecurity, password);
        await node.WaitForSessionAsync("router", session => session.State == BgpSessionState.Established, Stop);
        await router.WaitForSessionAsync("node", session => session.State == BgpSessionState.Established, Stop);
    }

    [Fact]
    public async Task A_listener_on_all_addresses_tells_peers_apart_by_the_address_that_was_dialled()
    {
        await using BgpSpeaker router = new(new() { LocalAsn = 65_000, Listen = [new(IPAddress.Any, 0)] });
        router.AddPeer(ToNode(false, null) with { Name = "a", LocalAddress = IPAddress.Parse("127.0.0.3") });
        router.AddPeer(ToNode(false, null) with { Name = "b", LocalAddress = IPAddress.Loopback });
        router.Start();
        await using BgpSpeaker node = Node(router, false, null);
        await router.WaitForSessionAsync("b", session => session.State == BgpSessionState.Established, Stop);
        Assert.Equal(BgpSessionState.Active, router.GetSession("a")!.State);
    }

    [Fact]
    public async Task A_connection_of_IPv4_on_a_socket_of_both_families_is_one_of_IPv4()
    {
        TcpTransport both = new(static _ => new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true });
        await using BgpSpeaker router = new(new() { LocalAsn = 65_000, Transport = both, Listen = [new(IPAddress.IPv6Any, 0)] });
        router.AddPeer(ToNode(false, null));
        router.Start();
        await using BgpSpeaker node = Node(router, false, null);
        BgpSessionInfo session = await node.WaitForSessionAsync("router", session => session.State == BgpSessionState.Established, Stop);
        Assert.Equal(IPAddress.Loopback, session.PeerBgpIdentifier);
    }

    private static async Task<BgpTransportException> FailsToConnect(int port, IPAddress? local) =>
        await Assert.ThrowsAsync<BgpTransportException>(async () => await new TcpTransport().ConnectAsync(new(IPAddress.Loopback, port, local, false, null), Stop));

    private static BgpSpeaker Router(bool ttlSecurity, string? password)
    {
        BgpSpeaker router = new(new() { LocalAsn = 65_000, Listen = [new(IPAddress.Loopback, 0)] });
        router.AddPeer(ToNode(ttlSecurity, password));
        router.Start();
        return router;
    }

    private static BgpPeerOptions ToNode(bool ttlSecurity, string? password) => new()
    {
        Name = "node",
        PeerAddress = s_node,
        PeerAsn = 65_001,
        Connect = false,
        Accept = true,
        TtlSecurity = ttlSecurity,
        Password = password,
    };

    private static BgpSpeaker Node(BgpSpeaker router, bool ttlSecurity, string? password)
    {
        BgpSpeaker node = new(new() { LocalAsn = 65_001 });
        node.AddPeer(new()
        {
            Name = "router",
            PeerAddress = IPAddress.Loopback,
            PeerPort = router.ListenEndPoints.Single().Port,
            PeerAsn = 65_000,
            LocalAddress = s_node,
            TtlSecurity = ttlSecurity,
            Password = password,
        });
        node.Start();
        return node;
    }
}
