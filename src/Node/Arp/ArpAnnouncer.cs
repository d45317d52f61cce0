using System.Net;
using System.Net.NetworkInformation;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>Announces an address (RFC 5227 section 2.3), more than once for the neighbours that miss one.</summary>
/// <param name="hardware">Of the interface that announces.</param>
/// <param name="isHere">Whether the address is on the interface now: one that has gone may be another's, and is not announced again.</param>
internal sealed class ArpAnnouncer(IArpLink link, PhysicalAddress hardware, Func<CancellationToken, Task<bool>> isHere, ArpTimings timings, TimeProvider timeProvider)
{
    /// <param name="said">Called when the first one is on the link.</param>
    /// <exception cref="NodeNetworkException">The interface went down or away.</exception>
    public async Task AnnounceAsync(IPAddress address, Action said, CancellationToken cancellationToken)
    {
        ArpPacket announcement = ArpPacket.Announcement(hardware, address);
        await link.SendAsync(announcement, cancellationToken).ConfigureAwait(false);
        said();
        for (int sent = 1; sent < timings.AnnounceCount; sent++)
        {
            await Task.Delay(timings.AnnounceInterval, timeProvider, cancellationToken).ConfigureAwait(false);
            if (!await isHere(cancellationToken).ConfigureAwait(false)) return;
            await link.SendAsync(announcement, cancellationToken).ConfigureAwait(false);
        }
    }
}
