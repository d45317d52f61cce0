using System.Collections;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A configured peer, of a speaker or of a cluster (a <c>BGPPeer</c>, R28).</summary>
public sealed class BgpPeer : IClusterObject
{
    private const int DefaultHoldTime = 90;

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
        Med = options.Med;
        Community = CommunityText.Write(options.Communities, options.LargeCommunities);
        Speaker = speaker.Name;
    }

    internal BgpPeer(BgpPeerResource peer, string cluster)
    {
        Name = peer.Metadata.Name;
        PeerIPAddress = peer.PeerIP;
        PeerASN = peer.PeerAsn;
        LocalASN = peer.LocalAsn;
        Sessions = peer.Sessions;
        Label = LabelTable.Of(peer.Metadata.Labels);
        Port = peer.PeerPort ?? BgpPeerOptions.DefaultPort;
        HoldTime = peer.HoldTime ?? DefaultHoldTime;
        TtlSecurity = peer.TtlSecurity ?? false;
        GracefulRestart = peer.GracefulRestart ?? true;
        PasswordSecret = peer.PasswordSecret;
        Med = peer.Med;
        Community = peer.Communities.Concat(peer.LargeCommunities).ToArray();
        Cluster = cluster;
    }

    public string Name { get; }

    public IPAddress PeerIPAddress { get; }

    public uint PeerASN { get; }

    public uint LocalASN { get; }

    /// <summary>Null for a cluster's peer: its sessions start from floating IPs (R3).</summary>
    public IPAddress? LocalIPAddress { get; }

    /// <summary>How many sessions the cluster sets up with it; null is one from every floating IP (R18), and for a speaker's peer, which has one.</summary>
    public int? Sessions { get; }

    /// <summary>The labels by which a BGPLoadBalancer selects it; null for a speaker's peer.</summary>
    public Hashtable? Label { get; }

    public int Port { get; }

    public bool Passive { get; }

    /// <summary>Null for a cluster's peer: a cluster offers to send, always (R7).</summary>
    public AddPathMode? AddPath { get; }

    /// <summary>Seconds, as offered.</summary>
    public int HoldTime { get; }

    public bool TtlSecurity { get; }

    public bool GracefulRestart { get; }

    /// <summary>The Secret that holds the password for TCP MD5; null without one, and for a speaker's peer.</summary>
    public string? PasswordSecret { get; }

    /// <summary>MULTI_EXIT_DISC on what the peer is sent; null where it is not changed.</summary>
    public uint? Med { get; }

    /// <summary>Added to what the peer is sent: 65001:100, large ones 65001:1:2.</summary>
    public IReadOnlyList<string> Community { get; }

    public string? Speaker { get; }

    public string? Cluster { get; }

    bool IClusterObject.IsOf(SourcedResource source) => source.Resource is BgpPeerResource peer && Cluster is not null && peer.Metadata.Name == Name;

    public override string ToString() => Name;
}
