namespace BgpLoadBalancer.Node.Peering;

/// <summary>How far an attempt has come.</summary>
public enum PeeringStage
{
    Connecting,
    TcpConnected,
    OpenReceived,
    Established,
    Advertised,
    Echoed,
}
