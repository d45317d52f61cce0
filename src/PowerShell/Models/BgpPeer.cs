using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A configured peer of a speaker.</summary>
public sealed class BgpPeer
{
    internal BgpPeer(RunningSpeaker speaker, BgpPeerOptions options)
    {
        Name = options.Name;
        PeerIPAddress = options.PeerAddress;
        PeerASN = options.PeerAsn;
        LocalASN = options.LocalAsn != 0 ? options.LocalAsn : speaker.Settings.LocalAsn;
        LocalIPAddress = options.LocalAddress;
        Port = options.PeerPort;
        Passive = !options.Connect;
        AddPath = options.AddPath;
        HoldTime = (int)options.HoldTime.TotalSeconds;
        TtlSecurity = options.TtlSecurity;
        GracefulRestart = options.GracefulRestart is not null;
        Speaker = speaker.Name;
    }

    public string Name { get; }

    public IPAddress PeerIPAddress { get; }

    public uint PeerASN { get; }

    public uint LocalASN { get; }

    public IPAddress? LocalIPAddress { get; }

    /// <summary>How many sessions the cluster sets up with it (R18); null for a speaker's peer, which has one.</summary>
    public int? Sessions { get; }

    /// <summary>The labels by which a BGPLoadBalancer selects it; null for a speaker's peer.</summary>
    public System.Collections.Hashtable? Label { get; }

    public int Port { get; }

    public bool Passive { get; }

    public AddPathMode AddPath { get; }

    /// <summary>Seconds, as offered.</summary>
    public int HoldTime { get; }

    public bool TtlSecurity { get; }

    public bool GracefulRestart { get; }

    public string? Speaker { get; }

    public string? Cluster { get; }

    public override string ToString() => Name;
}
