using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Node.Peering;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>What came of Test-BgpPeering, stage by stage.</summary>
public sealed class BgpPeeringTest
{
    internal BgpPeeringTest(PeeringResult result)
    {
        PeerIPAddress = result.Request.PeerAddress;
        PeerASN = result.Request.PeerAsn;
        LocalIPAddress = result.LocalAddress;
        LocalASN = result.Request.LocalAsn;
        TcpConnected = result.TcpConnected;
        OpenReceived = result.OpenReceived;
        Established = result.Established;
        State = result.State;
        HoldTime = result.HoldTime is { } hold ? (int)hold.TotalSeconds : null;
        PeerBgpIdentifier = result.PeerBgpIdentifier;
        Capabilities = result.Capabilities.Select(capability => Enum.IsDefined(capability.Code) ? capability.Code.ToString() : $"Capability {(byte)capability.Code}").Distinct().ToArray();
        AddPathReceive = result.AddPathReceive;
        AdvertisedPrefix = result.Advertised.Select(address => Bgp.IPPrefix.Host(address).ToIPNetwork()).ToArray();
        RouteEchoed = result.RouteEchoed;
        Elapsed = result.Elapsed;
        Succeeded = result.Succeeded;
        Error = result.Error;
        Advice = result.Advice;
    }

    public IPAddress PeerIPAddress { get; }

    public uint PeerASN { get; }

    /// <summary>The session's source; null when this host has no way to the peer.</summary>
    public IPAddress? LocalIPAddress { get; }

    public uint LocalASN { get; }

    public bool TcpConnected { get; }

    public bool OpenReceived { get; }

    public bool Established { get; }

    /// <summary>At the end of the test, before it cleaned up.</summary>
    public BgpSessionState State { get; }

    /// <summary>Seconds, as negotiated; null before the peer's OPEN.</summary>
    public int? HoldTime { get; }

    public IPAddress? PeerBgpIdentifier { get; }

    /// <summary>The peer's, by name.</summary>
    public IReadOnlyList<string> Capabilities { get; }

    /// <summary>The peer takes several paths a prefix (R7).</summary>
    public bool AddPathReceive { get; }

    /// <summary>What the peer was sent; empty when nothing was.</summary>
    public IReadOnlyList<IPNetwork> AdvertisedPrefix { get; }

    /// <summary>The peer has sent an advertised prefix back (R6).</summary>
    public bool RouteEchoed { get; }

    public TimeSpan Elapsed { get; }

    public bool Succeeded { get; }

    /// <summary>Null after a success.</summary>
    public string? Error { get; }

    /// <summary>What to look at; also after a success that could be better.</summary>
    public string? Advice { get; }

    public override string ToString() => $"{PeerIPAddress}: {(Succeeded ? "succeeded" : Error)}";
}
