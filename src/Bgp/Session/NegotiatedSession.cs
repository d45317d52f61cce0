using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What two OPENs have agreed on for one connection.</summary>
/// <param name="HoldTime">Zero: neither hold nor keepalive timer (RFC 4271 §4.2).</param>
/// <param name="Families">Those that both speak.</param>
/// <param name="GracefulRestart">Both offered RFC 4724, the peer for a family at least: without one it only helps others.</param>
internal sealed record NegotiatedSession(
    OpenMessage PeerOpen,
    TimeSpan HoldTime,
    TimeSpan KeepaliveTime,
    ImmutableArray<BgpAddressFamily> Families,
    WireContext Receive,
    WireContext Send,
    bool RouteRefresh,
    bool GracefulRestart);
