using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp;

/// <summary>What a peer's options must satisfy; the first that does not is named with its value and what would be right.</summary>
internal static class PeerOptionsValidation
{
    private const int MaxPrepend = 16;
    private const int MaxCommunities = 32;

    public static void Check(BgpPeerOptions peer, uint speakerAsn)
    {
        uint localAsn = peer.LocalAsn != 0 ? peer.LocalAsn : speakerAsn;
        Require(peer.Name.Length > 0, nameof(peer.Name), "", "a name that is not empty");
        RequireIPv4(peer.PeerAddress, nameof(peer.PeerAddress));
        if (peer.LocalAddress is not null) RequireIPv4(peer.LocalAddress, nameof(peer.LocalAddress));
        if (peer.BgpIdentifier is not null) RequireIPv4(peer.BgpIdentifier, nameof(peer.BgpIdentifier));
        Require(peer.PeerPort is > 0 and <= 65_535, nameof(peer.PeerPort), peer.PeerPort, "1 to 65535");
        Require(peer.PeerAsn is not 0 and not OpenMessage.AsTrans and not uint.MaxValue, nameof(peer.PeerAsn), peer.PeerAsn, "1 to 4294967294, but not the reserved 23456");
        Require(localAsn is not 0 and not OpenMessage.AsTrans and not uint.MaxValue, nameof(peer.LocalAsn), localAsn, "1 to 4294967294, but not the reserved 23456, here or in the speaker's options");
        Require(peer.PeerAsn != localAsn, nameof(peer.PeerAsn), peer.PeerAsn, "an ASN other than the local one: peering is external only");
        Require(peer.Connect || peer.Accept, nameof(peer.Connect), peer.Connect, "true, unless Accept is");
        Require(IsHoldTime(peer.HoldTime), nameof(peer.HoldTime), peer.HoldTime, "whole seconds: 0, or 3 to 65535");
        Require(peer.KeepaliveTime is null || peer.KeepaliveTime > TimeSpan.Zero, nameof(peer.KeepaliveTime), peer.KeepaliveTime, "more than 0");
        Require(peer.ConnectRetryTime > TimeSpan.Zero && peer.ConnectRetryTime <= TimeSpan.FromDays(1), nameof(peer.ConnectRetryTime), peer.ConnectRetryTime, "more than 0, and a day at most");
        Require(!peer.Families.IsDefaultOrEmpty && peer.Families.All(Enum.IsDefined) && peer.Families.Distinct().Count() == peer.Families.Length, nameof(peer.Families), string.Join(", ", peer.Families.IsDefault ? [] : peer.Families), "IPv4Unicast, IPv6Unicast, or both");
        Require(peer.PathRank >= 0, nameof(peer.PathRank), peer.PathRank, "0 or more");
        Require(peer.GracefulRestart is null || IsRestartTime(peer.GracefulRestart.RestartTime), nameof(peer.GracefulRestart), peer.GracefulRestart?.RestartTime, "whole seconds: 0 to 4095");
        Require(peer.Password is null || Encoding.UTF8.GetByteCount(peer.Password) is > 0 and <= TcpSocketOptions.MaxPasswordLength, nameof(peer.Password), "(not shown)", "1 to 80 octets of UTF-8");
        Require(peer.Prepend is >= 0 and <= MaxPrepend, nameof(peer.Prepend), peer.Prepend, $"0 to {MaxPrepend}");
        Require(peer.Communities.Length <= MaxCommunities, nameof(peer.Communities), peer.Communities.Length, $"at most {MaxCommunities} communities");
        Require(peer.LargeCommunities.Length <= MaxCommunities, nameof(peer.LargeCommunities), peer.LargeCommunities.Length, $"at most {MaxCommunities} communities");
    }

    private static bool IsHoldTime(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 && (time == TimeSpan.Zero || time.TotalSeconds is >= 3 and <= 65_535);

    private static bool IsRestartTime(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0 && time.TotalSeconds is >= 0 and <= 4_095;

    private static void RequireIPv4(IPAddress address, string option) =>
        Require(
            address.AddressFamily == AddressFamily.InterNetwork && Routes.NextHopAddress.IsUsable(address),
            option,
            address,
            "the IPv4 address of a host: sessions run over IPv4");

    private static void Require(bool holds, string option, object? value, string wanted)
    {
        if (!holds) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{option} is '{value}'; it must be {wanted}."), option);
    }
}
