using System.Diagnostics.CodeAnalysis;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>An interface, as far as ARP packets go out and come in on it.</summary>
/// <remarks>Throws <see cref="NodeNetworkException"/> when the interface goes down or away.</remarks>
internal interface IArpLink
{
    /// <summary>To all hosts of the link.</summary>
    Task SendAsync(ArpPacket packet, CancellationToken cancellationToken);

    /// <summary>Waits for the next packet of another host. A cancelled wait loses none.</summary>
    Task<ArpPacket> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>The next packet that has come in already; must not be called while <see cref="ReceiveAsync"/> waits.</summary>
    bool TryReceive([NotNullWhen(true)] out ArpPacket? packet);
}
