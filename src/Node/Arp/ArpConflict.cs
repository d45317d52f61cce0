using System.Net;
using System.Net.NetworkInformation;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>What a packet that is heard while an address is probed says about it (RFC 5227 section 2.1.1).</summary>
internal static class ArpConflict
{
    /// <param name="own">The hardware addresses of this host. What they send (and a hub, or a second interface in the same network, brings back) is no conflict.</param>
    /// <returns>Who has the address or probes for it too; null when the packet says nothing of the kind.</returns>
    public static PhysicalAddress? Of(ArpPacket packet, IPAddress probed, IReadOnlySet<PhysicalAddress> own)
    {
        if (own.Contains(packet.SenderHardware)) return null;
        bool uses = packet.SenderIP.Equals(probed);
        bool probes = packet.IsProbe && packet.TargetIP.Equals(probed);
        return uses || probes ? packet.SenderHardware : null;
    }
}
