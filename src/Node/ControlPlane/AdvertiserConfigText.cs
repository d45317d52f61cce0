using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>The configuration that bgpadvertiser reads (R41), from the plan. Pure. All its values are addresses and numbers, so nothing needs quoting.</summary>
internal static class AdvertiserConfigText
{
    /// <summary>How a file of ours begins.</summary>
    public const string Mark = "# Written by the node agent of BgpLoadBalancer";

    /// <param name="sessions">Of one node, at least one.</param>
    public static string Of(ImmutableArray<ControlPlaneSession> sessions)
    {
        ControlPlaneSession first = sessions[0];
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Mark} for {first.Node}: what is changed by hand is undone.\n");
        if (first.Vip is { } vip) text.Append(CultureInfo.InvariantCulture, $"# The virtual IP is not in here, because it never changes: --advertise-ip {vip.Address}\n");
        text.Append(CultureInfo.InvariantCulture, $"localIP: {first.LocalAddress}\nlocalASN: {first.LocalAsn}\npeers:\n");
        foreach (ControlPlaneSession session in sessions)
        {
            text.Append(CultureInfo.InvariantCulture, $"- peerIP: {session.PeerAddress}\n  peerASN: {session.PeerAsn}\n");
            if (session.PeerPort != BgpPeerOptions.DefaultPort) text.Append(CultureInfo.InvariantCulture, $"  peerPort: {session.PeerPort}\n");
        }

        return text.ToString();
    }
}
