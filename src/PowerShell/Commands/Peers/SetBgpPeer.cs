using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>Changes what was typed of a peer, and nothing else. The session stays up when only what is sent changes.</summary>
[Cmdlet(VerbsCommon.Set, "BgpPeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpPeer))]
public sealed class SetBgpPeer : SpeakerCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    [Parameter]
    [IPAddressTransform]
    public IPAddress? PeerIPAddress { get; set; }

    [Parameter]
    public uint? PeerASN { get; set; }

    [Parameter]
    public uint? LocalASN { get; set; }

    [Parameter]
    [IPAddressTransform]
    public IPAddress? LocalIPAddress { get; set; }

    [Parameter]
    [Alias("PeerPort")]
    public int? Port { get; set; }

    /// <summary>For a cluster (R18).</summary>
    [Parameter]
    public int? Sessions { get; set; }

    /// <summary>For a cluster.</summary>
    [Parameter]
    public System.Collections.Hashtable? Label { get; set; }

    /// <summary>Seconds: 0, or 3 to 65535.</summary>
    [Parameter]
    public int? HoldTime { get; set; }

    [Parameter]
    public AddPathMode? AddPath { get; set; }

    [Parameter]
    public bool? GracefulRestart { get; set; }

    [Parameter]
    public bool? TtlSecurity { get; set; }

    [Parameter]
    public bool? KeepReceivedRoute { get; set; }

    /// <summary>TCP MD5 (RFC 2385); an empty one turns it off.</summary>
    [Parameter]
    public System.Security.SecureString? Password { get; set; }

    [Parameter]
    public uint? Med { get; set; }

    /// <summary>Replaces the communities; an empty list takes them away.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? Community { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        if (Sessions is not null) ThrowTerminatingError(BgpErrors.ParameterNotForSpeaker(nameof(Sessions), "A speaker has one session with each peer."));
        if (Label is not null) ThrowTerminatingError(BgpErrors.ParameterNotForSpeaker(nameof(Label), "Labels are for what a BGPLoadBalancer selects in a cluster."));
        if (!TryGetPeer(speaker, Name, out BgpPeerOptions? before)) return;
        try
        {
            BgpPeerOptions peer = PeerValues.From(MyInvocation.BoundParameters).Change(before);
            if (!ShouldProcess($"{peer.Name} on speaker {speaker.Name}", "Change BGP peer")) return;
            speaker.Engine.UpdatePeer(peer);
            if (PassThru) WriteObject(new BgpPeer(speaker, peer));
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            WriteError(BgpErrors.InvalidArgument(e, Name));
        }
    }
}
