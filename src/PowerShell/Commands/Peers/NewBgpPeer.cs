using System.Collections;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>Adds a peer: to a speaker, whose session with it starts at once, or to the cluster as a BGPPeer (R28).</summary>
[Cmdlet(VerbsCommon.New, "BgpPeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpPeer))]
public sealed partial class NewBgpPeer : SpeakerCmdlet
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

    /// <summary>By default the speaker's or the cluster's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public uint? LocalASN { get; set; }

    /// <summary>For a speaker: where the session starts from.</summary>
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

    /// <summary>For a cluster: the labels that a BGPLoadBalancer selects by, as a table or as text such as a=1,b=2.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [LabelTransform]
    public Hashtable? Label { get; set; }

    /// <summary>Seconds: 0, or 3 to 65535; by default 90.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public int? HoldTime { get; set; }

    /// <summary>For a speaker: the ADD-PATH that is offered, by default the speaker's.</summary>
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

    /// <summary>For a speaker: keep what the peer sends, for Get-BgpRoute; by default true for a passive speaker.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public bool? KeepReceivedRoute { get; set; }

    /// <summary>For a speaker: TCP MD5 (RFC 2385).</summary>
    [Parameter]
    public System.Security.SecureString? Password { get; set; }

    /// <summary>For a cluster: the Secret that holds the password for TCP MD5 under the key password (R5).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? PasswordSecret { get; set; }

    /// <summary>MULTI_EXIT_DISC on what the peer is sent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EmptyIsAbsent]
    public uint? Med { get; set; }

    /// <summary>Communities on what the peer is sent: 65001:100, or 65001:1:2 for large ones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ListTransform]
    public string[]? Community { get; set; }

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
