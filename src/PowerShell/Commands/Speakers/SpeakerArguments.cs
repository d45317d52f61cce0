using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.PowerShell.Commands.Speakers;

/// <summary>What a speaker cannot be is said at its start, not at its first peer.</summary>
internal static class SpeakerArguments
{
    // RFC 7607, RFC 7300, and RFC 6793 §9.
    private static readonly uint[] s_reservedAsns = [0, uint.MaxValue, 23_456];

    /// <exception cref="ArgumentException">Names the parameter, its value and what would be right.</exception>
    public static void Check(uint localAsn, IPAddress? identifier, IPAddress? localAddress)
    {
        if (s_reservedAsns.Contains(localAsn)) throw new ArgumentException($"LocalASN is '{localAsn}'; it must be 1 to 4294967294, but not the reserved 23456.");
        CheckAddress("BgpIdentifier", identifier, "an IPv4 address other than 0.0.0.0");
        CheckAddress("LocalIPAddress", localAddress, "an IPv4 address of this host: sessions run over IPv4");
    }

    private static void CheckAddress(string parameter, IPAddress? address, string wanted)
    {
        if (address is null) return;
        if (address.AddressFamily != AddressFamily.InterNetwork || address.Equals(IPAddress.Any)) throw new ArgumentException($"{parameter} is '{address}'; it must be {wanted}.");
    }
}
