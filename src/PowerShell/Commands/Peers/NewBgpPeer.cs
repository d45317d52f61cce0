using System.Collections;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>Adds a peer; its session starts at once.</summary>
[Cmdlet(VerbsCommon.New, "BgpPeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpPeer))]
public sealed class NewBgpPeer : SpeakerCmdlet
{
    /// <summary>By default the peer's address.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Name { get; set; }

    /// <summary>IPv4 (R4).</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    public IPAddress PeerIPAddress { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    public uint PeerASN { get; set; }

    /// <summary>By default the speaker's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public uint? LocalASN { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    public IPAddress? LocalIPAddress { get; set; }

    /// <summary>The port to dial, by default 179.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PeerPort")]
    [EmptyIsAbsent]
    public int? Port { get; set; }

    /// <summary>For a cluster: how many sessions, from distinct floating IPs (R18).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public int? Sessions { get; set; }

    /// <summary>For a cluster: the labels that a BGPLoadBalancer selects by.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public Hashtable? Label { get; set; }

    /// <summary>Seconds: 0, or 3 to 65535; by default 90.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public int? HoldTime { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public AddPathMode? AddPath { get; set; }

    /// <summary>Offer graceful restart (RFC 4724); by default true (R24).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public bool? GracefulRestart { get; set; }

    /// <summary>GTSM (RFC 5082): the peer is directly connected.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public bool? TtlSecurity { get; set; }

    /// <summary>Keep what the peer sends, for Get-BgpRoute; by default true for a passive speaker.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public bool? KeepReceivedRoute { get; set; }

    /// <summary>TCP MD5 (RFC 2385).</summary>
    [Parameter]
    public System.Security.SecureString? Password { get; set; }

    /// <summary>MULTI_EXIT_DISC on what the peer is sent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public uint? Med { get; set; }

    /// <summary>Communities on what the peer is sent: 65001:100, or 65001:1:2 for large ones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public string[]? Community { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        if (Sessions is not null) ThrowTerminatingError(BgpErrors.ParameterNotForSpeaker(nameof(Sessions), "A speaker has one session with each peer."));
        if (Label is not null) ThrowTerminatingError(BgpErrors.ParameterNotForSpeaker(nameof(Label), "Labels are for what a BGPLoadBalancer selects in a cluster."));
        if (PeerIPAddress is null)
        {
            WriteError(BgpErrors.ParameterMissing(nameof(PeerIPAddress), "every peer has an address."));
            return;
        }

        try
        {
            BgpPeerOptions peer = PeerValues.From(Said).Create(Said.GetValueOrDefault(nameof(Name)) as string, speaker);
            if (speaker.Engine.Peers.Any(other => string.Equals(other.Name, peer.Name, StringComparison.OrdinalIgnoreCase)))
            {
                WriteError(BgpErrors.PeerExists(peer.Name, speaker.Name));
                return;
            }

            if (!ShouldProcess($"{peer.Name} ({peer.PeerAddress}, AS {peer.PeerAsn}) on speaker {speaker.Name}", "Add BGP peer")) return;
            speaker.Engine.AddPeer(peer);
            WriteObject(new BgpPeer(speaker, peer));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            WriteError(BgpErrors.InvalidArgument(e, PeerIPAddress));
        }
    }
}
