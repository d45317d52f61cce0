using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>What a router of the lab is to be.</summary>
internal sealed record RouterOptions(uint Asn, IPAddress Address)
{
    public ImmutableArray<RouterPeer> Peers { get; init; } = [];

    /// <summary>Announce what one peer has sent to the others, also where their own ASN is in the path.</summary>
    public bool Readvertise { get; init; }

    /// <summary>An ASN put in front of the path of what is announced. GoBGP only.</summary>
    public uint? PrependOnExport { get; init; }

    /// <summary>Announce so many host routes of its own, from 198.18.0.0 on. BIRD only.</summary>
    public int OriginatedRoutes { get; init; }

    /// <summary>Seconds; the least hold time that the router takes. FRR only.</summary>
    public int? MinimumHoldTime { get; init; }

    /// <summary>Put routes into the kernel.</summary>
    public bool InstallRoutes { get; init; } = true;

    /// <summary>Host route number <paramref name="index"/> of those that are originated.</summary>
    public static string OriginatedPrefix(int index) => $"198.{18 + (index >> 16)}.{(index >> 8) & 255}.{index & 255}/32";
}

/// <summary>A peer as a router is told of it.</summary>
internal sealed record RouterPeer(IPAddress Address, uint Asn)
{
    /// <summary>Whether the router dials, too.</summary>
    public bool Dials { get; init; }

    /// <summary>Seconds; the keepalive time is a third of it.</summary>
    public int HoldTime { get; init; } = 90;

    public bool AddPathReceive { get; init; } = true;

    /// <summary>Keep a restarting peer's routes (RFC 4724, the helper's part).</summary>
    public bool GracefulRestart { get; init; }

    public bool Multihop { get; init; }

    /// <summary>Accept nothing from further than one hop (RFC 5082).</summary>
    public bool TtlSecurity { get; init; }

    public string? Password { get; init; }
}

/// <summary>A path in a router's table.</summary>
internal sealed record RouterPath(string Prefix, IPAddress NextHop)
{
    public override string ToString() => $"{Prefix} via {NextHop}";
}

/// <summary>A session as the router sees it: its own word for the state, and all that it says about the last end.</summary>
internal sealed record RouterSession(string State, string LastError)
{
    public bool Established => State.Equals("Established", StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"{State} ({LastError})";
}
