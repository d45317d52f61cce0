using System.Net;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// What floating IPs need of the host that they stand on (R19). Each is put as /32 on the interface that has the subnet it belongs to.
/// Different addresses may be worked on at the same time; for one address, <see cref="ProbeAsync"/>, <see cref="HoldAsync"/> and
/// <see cref="RemoveAsync"/> come one after the other, and <see cref="AnnounceAsync"/> may run beside them.
/// </summary>
/// <remarks>
/// Every member throws <see cref="NodeNetworkException"/> when the host refuses or cannot. A cancelled member leaves nothing running
/// that would still change the host. No member takes longer than some seconds, announcing aside.
/// </remarks>
public interface IFloatingIPHost
{
    /// <summary>
    /// Asks whether somebody has the address (RFC 5227 §2.1.1). One that this host has itself, with a lifetime, is a predecessor's and
    /// free at once, without a packet; one that it has for good is in use.
    /// </summary>
    /// <returns>Who has it, for people, such as <c>02:42:ac:11:00:02 on eth0</c>; null when nobody answered.</returns>
    Task<string?> ProbeAsync(IPAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the address on with a kernel lifetime, or sets the lifetime of the one that is there, so that the kernel removes it by the
    /// deadline whatever became of us.
    /// <para>The lifetime is <see cref="Deadline.KernelLifetime"/>, taken as late as can be: just before the kernel is told.</para>
    /// </summary>
    /// <returns>False, and nothing is changed, when less than a second is left.</returns>
    Task<bool> HoldAsync(IPAddress address, Deadline until, CancellationToken cancellationToken);

    /// <summary>Takes the address off, if it is there; one that stands there for good (without a lifetime) is somebody else's and stays.</summary>
    Task RemoveAsync(IPAddress address, CancellationToken cancellationToken);

    /// <summary>Tells the link who has the address now, by gratuitous ARP (RFC 5227 §2.3). Takes some seconds when it repeats itself.</summary>
    /// <param name="said">Called when it has been said once, and only repeats itself from then on; not when there is nobody to say it to.</param>
    Task AnnounceAsync(IPAddress address, Action said, CancellationToken cancellationToken);
}
