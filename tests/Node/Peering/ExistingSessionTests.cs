using System.Net;
using System.Net.NetworkInformation;
using BgpLoadBalancer.Node.Peering;

namespace BgpLoadBalancer.Node.Tests.Peering;

public sealed class ExistingSessionTests
{
    private static readonly IPAddress LocalIP = IPAddress.Parse("10.0.1.10");
    private static readonly IPAddress Peer = IPAddress.Parse("10.0.1.254");

    [Theory]
    [InlineData("10.0.1.10:40000", "10.0.1.254:179", TcpState.Established, true)]
    [InlineData("10.0.1.10:179", "10.0.1.254:40000", TcpState.Established, true)]
    [InlineData("[::ffff:10.0.1.10]:179", "[::ffff:10.0.1.254]:40000", TcpState.Established, true)]
    [InlineData("10.0.1.10:40000", "10.0.1.254:179", TcpState.TimeWait, false)]
    [InlineData("10.0.1.10:40000", "10.0.1.254:443", TcpState.Established, false)]
    [InlineData("10.0.1.11:40000", "10.0.1.254:179", TcpState.Established, false)]
    [InlineData("10.0.1.10:40000", "10.0.2.254:179", TcpState.Established, false)]
    public void A_session_is_a_live_connection_between_the_two_addresses(string local, string remote, TcpState state, bool exists) =>
        Assert.Equal(exists, ExistingSession.Exists(LocalIP, Peer, 179, [new Connection(IPEndPoint.Parse(local), IPEndPoint.Parse(remote), state)]));

    [Fact]
    public void Without_a_local_address_any_of_this_host_counts()
    {
        Connection connection = new(IPEndPoint.Parse("10.0.1.11:40000"), IPEndPoint.Parse("10.0.1.254:1179"), TcpState.Established);

        Assert.True(ExistingSession.Exists(null, Peer, 1179, [connection]));
        Assert.False(ExistingSession.Exists(null, Peer, 179, [connection]));
    }

    private sealed class Connection(IPEndPoint local, IPEndPoint remote, TcpState state) : TcpConnectionInformation
    {
        public override IPEndPoint LocalEndPoint => local;

        public override IPEndPoint RemoteEndPoint => remote;

        public override TcpState State => state;
    }
}
