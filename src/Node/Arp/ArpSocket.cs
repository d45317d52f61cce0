using System.Diagnostics.CodeAnalysis;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using BgpLoadBalancer.Node.Linux;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>ARP on a Linux interface over an AF_PACKET socket; the kernel makes the Ethernet frames, to the broadcast address.</summary>
internal sealed class ArpSocket : IArpLink, IDisposable
{
    private const ushort EtherTypeArp = 0x0806;

    private static readonly PhysicalAddress Broadcast = new([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

    private readonly Socket _socket;
    private readonly string _interface;
    private readonly LinkLayerEndPoint _everybody;

    private ArpSocket(Socket socket, HostLink link)
    {
        _socket = socket;
        _interface = link.Name;
        _everybody = new(EtherTypeArp, link.Index, Broadcast);
    }

    /// <param name="networkNamespace">Where the interface is; null is the process's own.</param>
    /// <exception cref="NodeNetworkException">This process may not, or the interface is gone.</exception>
    public static ArpSocket Open(HostLink link, string? networkNamespace)
    {
        Socket? socket = null;
        try
        {
            // Protocol 0 hears nothing: bound at once to all interfaces, it would hear the other ones until it is bound to this.
            socket = NetworkNamespaces.Run(networkNamespace, () => new Socket(AddressFamily.Packet, SocketType.Dgram, ProtocolType.Unspecified));
            socket.Bind(new LinkLayerEndPoint(EtherTypeArp, link.Index, hardware: null));
            return new(socket, link);
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            throw ArpFailure.Of(exception, "listen for ARP", link.Name);
        }
    }

    public async Task SendAsync(ArpPacket packet, CancellationToken cancellationToken)
    {
        try
        {
            await _socket.SendToAsync(packet.ToBytes(), SocketFlags.None, _everybody, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw ArpFailure.Of(exception, "send an ARP packet", _interface);
        }
    }

    public async Task<ArpPacket> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ArpPacket.Length];
        try
        {
            while (true)
            {
                // What is longer is cut: only padding follows.
                int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                if (ArpPacket.TryRead(buffer.AsSpan(0, length), out ArpPacket? packet)) return packet;
            }
        }
        catch (SocketException exception)
        {
            throw ArpFailure.Of(exception, "listen for ARP", _interface);
        }
    }

    public bool TryReceive([NotNullWhen(true)] out ArpPacket? packet)
    {
        Span<byte> buffer = stackalloc byte[ArpPacket.Length];
        packet = null;
        try
        {
            while (_socket.Available > 0)
            {
                int length = _socket.Receive(buffer);
                if (ArpPacket.TryRead(buffer[..length], out packet)) return true;
            }
        }
        catch (SocketException exception)
        {
            throw ArpFailure.Of(exception, "listen for ARP", _interface);
        }

        return false;
    }

    public void Dispose() => _socket.Dispose();
}
