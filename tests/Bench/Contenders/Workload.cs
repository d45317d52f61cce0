using System.Globalization;
using System.Net;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>What a sender announces: so many IPv4 /32 from 10.0.0.0 on, each with so many next hops from 172.16.0.1 on.</summary>
/// <param name="Prefixes">1 to 16,777,216.</param>
/// <param name="NextHops">1 to 250; more than 1 asks for ADD-PATH.</param>
internal sealed record Workload(int Prefixes, int NextHops = 1)
{
    /// <summary>The one prefix that the single-change row announces and withdraws, outside the others.</summary>
    public const uint ExtraPrefix = 0xC0000201;

    public bool AddPath => NextHops > 1;

    /// <summary>Paths on the wire once all is announced.</summary>
    public long Paths => (long)Prefixes * NextHops;

    /// <summary>What the receiver's sum of addresses must be when every prefix came once per next hop.</summary>
    public ulong AddressSum => (ulong)NextHops * (((ulong)Prefixes * Address(0)) + ((ulong)Prefixes * (ulong)(Prefixes - 1) / 2));

    public static uint Address(int index) => 0x0A000000u + (uint)index;

    public static IPAddress NextHop(int rank) => new([172, 16, 0, (byte)(rank + 1)]);

    public static string Text(uint address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 0xFF}.{(address >> 8) & 0xFF}.{address & 0xFF}");
}
