using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>Linux socket options that .NET has no names for.</summary>
internal static class TcpSocketOptions
{
    /// <summary>The longest key that the kernel takes (TCP_MD5SIG_MAXKEYLEN).</summary>
    public const int MaxPasswordLength = 80;

    /// <summary>What TTL security sends with, and asks for.</summary>
    public const byte LargestTtl = 255;

    private const int LevelIP = 0;
    private const int LevelTcp = 6;
    private const int TcpMd5Signature = 14;
    private const int IPMinimumTtl = 21;

    public static void Apply(Socket socket, BgpConnectionOptions options)
    {
        if (options.TtlSecurity) ApplyTtlSecurity(socket, true);
        if (options.Password is not null) SetPassword(socket, options.PeerAddress, options.Password);
    }

    /// <summary>RFC 5082: both sides send with TTL 255, and take nothing that a router has touched.</summary>
    public static void ApplyTtlSecurity(Socket socket, bool enabled)
    {
        if (!enabled) return;
        RequireLinux("TTL security (GTSM)");
        socket.Ttl = LargestTtl;
        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(value, LargestTtl);
        if (!BitConverter.IsLittleEndian) value.Reverse();
        socket.SetRawSocketOption(LevelIP, IPMinimumTtl, value);
    }

    /// <summary>Sets the key for segments to and from one peer, or removes the one that is set with null.</summary>
    public static void SetPassword(Socket socket, IPAddress peer, string? password)
    {
        RequireLinux("TCP MD5");
        // struct tcp_md5sig: sockaddr_storage (128), flags, prefix length, key length (2), interface (4), key (80).
        Span<byte> option = stackalloc byte[216];
        option.Clear();
        SocketAddress address = new IPEndPoint(peer, 0).Serialize();
        address.Buffer.Span[..address.Size].CopyTo(option);
        int length = password is null ? 0 : Encoding.UTF8.GetBytes(password, option[136..]);
        BitConverter.TryWriteBytes(option[130..], (ushort)length);
        socket.SetRawSocketOption(LevelTcp, TcpMd5Signature, option);
    }

    private static void RequireLinux(string what)
    {
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException($"{what} needs Linux.");
    }
}
