using System.Net;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;
using BgpLoadBalancer.Node.Peering;

namespace BgpLoadBalancer.Node.Tests.Peering;

public sealed class PeeringAdviceTests
{
    private static readonly IPAddress Local = IPAddress.Parse("10.0.1.10");
    private static readonly PeeringRequest Request = new() { PeerAddress = IPAddress.Parse("10.0.1.254"), PeerAsn = 65000, LocalAsn = 65500, LocalAddress = Local, Port = 1179 };
    private static readonly NotificationMessage BadPeerAs = new(BgpErrorCode.OpenMessageError, OpenErrorSubcode.BadPeerAs, default);

    public static TheoryData<string, string> Cases => new()
    {
        { "refused", "Nothing accepts BGP on 10.0.1.254 port 1179" },
        { "unreachable", "ip route get 10.0.1.254" },
        { "silent", "may not know the way back to 10.0.1.10, or the router wants a password" },
        { "no open", "sent no OPEN: check that it has a neighbor 10.0.1.10 in AS 65500" },
        { "we refuse", "not in AS 65000" },
        { "they refuse", "expects another AS than 65500 from 10.0.1.10" },
        { "shut down", "neighbor 10.0.1.10 is shut down" },
        { "collision", "has a session with 10.0.1.10 already" },
        { "no keepalive", "was not confirmed" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_way_to_fail_has_its_advice(string failure, string advice) => Assert.Contains(advice, PeeringAdvice.ForFailure(Request, Local, Facts(failure)), StringComparison.Ordinal);

    [Fact]
    public void A_password_and_TTL_security_are_suspected_when_they_are_set()
    {
        string advice = PeeringAdvice.ForFailure(Request with { Password = "x", TtlSecurity = true }, Local, new());

        Assert.Contains("the password differs", advice, StringComparison.Ordinal);
        Assert.Contains("TTL", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_success_that_could_be_better_says_how()
    {
        Assert.Null(PeeringAdvice.ForSuccess(addPathReceive: true, sharesSubnet: true));
        Assert.Contains("ADD-PATH", PeeringAdvice.ForSuccess(addPathReceive: false, sharesSubnet: true), StringComparison.Ordinal);
        Assert.Contains("multihop", PeeringAdvice.ForSuccess(addPathReceive: true, sharesSubnet: false), StringComparison.Ordinal);
    }

    private static PeeringFacts Facts(string failure) => failure switch
    {
        "refused" => new(Fault: BgpTransportFault.Refused),
        "unreachable" => new(Fault: BgpTransportFault.Unreachable),
        "silent" => new(Fault: BgpTransportFault.TimedOut),
        "no open" => new(TcpConnected: true),
        "we refuse" => new(TcpConnected: true, OpenReceived: true, Sent: BadPeerAs),
        "they refuse" => new(TcpConnected: true, Received: BadPeerAs),
        "shut down" => new(TcpConnected: true, Received: NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown)),
        "collision" => new(TcpConnected: true, Received: NotificationMessage.Shutdown(CeaseSubcode.ConnectionCollisionResolution)),
        "no keepalive" => new(TcpConnected: true, OpenReceived: true),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "Not a case of this test."),
    };
}
