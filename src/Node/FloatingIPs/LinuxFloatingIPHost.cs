using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using BgpLoadBalancer.Node.Arp;
using BgpLoadBalancer.Node.Linux;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// Floating IPs on a Linux host: addresses by <c>ip</c>, as /32 so that no second route to their subnet appears, and ARP on a packet
/// socket. Takes CAP_NET_ADMIN and CAP_NET_RAW.
/// </summary>
/// <param name="networkNamespace">A named network namespace to work in; null is the process's own.</param>
/// <param name="random">For the moments of the probes.</param>
/// <param name="report">Gets what no caller is told by a result: that an interface has no neighbours to ask.</param>
public sealed class LinuxFloatingIPHost(string? networkNamespace, ArpTimings timings, Random random, TimeProvider timeProvider, Action<AddressBindingEvent> report) : IFloatingIPHost
{
    // What an address may outlive its deadline by when the kernel is told late: less than there is between drop time and lease.
    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(500);

    private readonly LinuxNodeNetwork _network = new(networkNamespace, timeProvider);

    public async Task<string?> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
    {
        EnsureIPv4(address);
        ImmutableArray<InterfaceAddress> here = await _network.FindAsync(address, cancellationToken).ConfigureAwait(false);
        if (here.FirstOrDefault(entry => !IsOurs(entry)) is { } standing) return $"this host itself, on {standing.Interface}";
        if (!here.IsEmpty) return null;

        ImmutableArray<HostLink> links = await _network.GetLinksAsync(cancellationToken).ConfigureAwait(false);
        HostLink link = HostSubnets.InterfaceFor(links, address);
        link.EnsureWorks();
        if (link.Hardware is not { } hardware)
        {
            report(new("nobody to ask about the floating IP: the interface has no ARP", address, link.Name));
            return null;
        }

        HashSet<PhysicalAddress> own = [.. links.Select(each => each.Hardware).OfType<PhysicalAddress>()];
        using ArpSocket socket = ArpSocket.Open(link, networkNamespace);
        PhysicalAddress? owner = await new ArpProber(socket, hardware, own, timings, random, timeProvider).ProbeAsync(address, cancellationToken).ConfigureAwait(false);
        return owner is null ? null : $"{Text(owner)} on {link.Name}";
    }

    public async Task<bool> HoldAsync(IPAddress address, Deadline until, CancellationToken cancellationToken)
    {
        EnsureIPv4(address);
        ImmutableArray<HostLink> links = await _network.GetLinksAsync(cancellationToken).ConfigureAwait(false);
        string name = HostSubnets.InterfaceFor(links, address).Name;
        bool isOn = false;
        while (until.KernelLifetime is { } lifetime)
        {
            await _network.SetAsync(address, name, lifetime, cancellationToken).ConfigureAwait(false);
            isOn = true;
            // Suspended or short of time on the way, the kernel was told a lifetime that is too long by now.
            if (lifetime - until.Left < MostLate) return true;
        }

        if (isOn) await _network.RemoveAsync(address, name, CancellationToken.None).ConfigureAwait(false);
        return false;
    }

    public async Task RemoveAsync(IPAddress address, CancellationToken cancellationToken)
    {
        EnsureIPv4(address);
        foreach (InterfaceAddress entry in await _network.FindAsync(address, cancellationToken).ConfigureAwait(false))
        {
            if (IsOurs(entry)) await _network.RemoveAsync(address, entry.Interface, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task AnnounceAsync(IPAddress address, Action said, CancellationToken cancellationToken)
    {
        EnsureIPv4(address);
        ImmutableArray<HostLink> links = await _network.GetLinksAsync(cancellationToken).ConfigureAwait(false);
        HostLink link = HostSubnets.InterfaceFor(links, address);
        link.EnsureWorks();
        if (link.Hardware is not { } hardware) return;
        using ArpSocket socket = ArpSocket.Open(link, networkNamespace);
        ArpAnnouncer announcer = new(socket, hardware, token => IsOnAsync(address, token), timings, timeProvider);
        await announcer.AnnounceAsync(address, said, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsOnAsync(IPAddress address, CancellationToken cancellationToken) =>
        !(await _network.FindAsync(address, cancellationToken).ConfigureAwait(false)).IsEmpty;

    // What this agent, or the one before it, has put on.
    private static bool IsOurs(InterfaceAddress entry) => entry is { IsPermanent: false, PrefixLength: 32 };

    private static string Text(PhysicalAddress hardware) => BitConverter.ToString(hardware.GetAddressBytes()).Replace('-', ':').ToLowerInvariant();

    private static void EnsureIPv4(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily != AddressFamily.InterNetwork) throw new NodeNetworkException($"A floating IP is an IPv4 address; {address} is not.", NodeNetworkFault.Other);
    }
}
