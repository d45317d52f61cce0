using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Advertiser.Logging;

/// <summary>The six states as logs name them.</summary>
internal static class FsmStateNames
{
    public static string Of(BgpSessionState state) => state switch
    {
        BgpSessionState.Idle => "BGP_FSM_IDLE",
        BgpSessionState.Connect => "BGP_FSM_CONNECT",
        BgpSessionState.Active => "BGP_FSM_ACTIVE",
        BgpSessionState.OpenSent => "BGP_FSM_OPENSENT",
        BgpSessionState.OpenConfirm => "BGP_FSM_OPENCONFIRM",
        BgpSessionState.Established => "BGP_FSM_ESTABLISHED",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of RFC 4271."),
    };
}
