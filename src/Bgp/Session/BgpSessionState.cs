namespace BgpLoadBalancer.Bgp.Session;

/// <summary>The six states of RFC 4271 §8.2.2. Of a peer with two connections it is the further one.</summary>
public enum BgpSessionState
{
    Idle,
    Connect,
    Active,
    OpenSent,
    OpenConfirm,
    Established,
}
