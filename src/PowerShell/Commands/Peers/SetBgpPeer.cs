using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;
using BgpLoadBalancer.PowerShell.Views;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>
/// Changes what was typed of a peer, and nothing else. A speaker's session stays up when only what is sent changes. For a cluster, $null takes a value
/// back to its default.
/// </summary>
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

    /// <summary>For a speaker.</summary>
    [Parameter]
    [IPAddressTransform]
    public IPAddress? LocalIPAddress { get; set; }

    [Parameter]
    [Alias("PeerPort")]
    public int? Port { get; set; }

    /// <summary>For a cluster: how many sessions, from distinct floating IPs; $null is one from each (R18).</summary>
    [Parameter]
    public int? Sessions { get; set; }

    /// <summary>For a cluster: all labels, as a table or as text such as a=1,b=2. They take the place of those that were there.</summary>
    [Parameter]
    [LabelTransform]
    public System.Collections.Hashtable? Label { get; set; }

    /// <summary>Seconds: 0, or 3 to 65535.</summary>
    [Parameter]
    public int? HoldTime { get; set; }

    /// <summary>For a speaker.</summary>
    [Parameter]
    public AddPathMode? AddPath { get; set; }

    [Parameter]
    public bool? GracefulRestart { get; set; }

    [Parameter]
    public bool? TtlSecurity { get; set; }

    /// <summary>For a speaker.</summary>
    [Parameter]
    public bool? KeepReceivedRoute { get; set; }

    /// <summary>For a speaker: TCP MD5 (RFC 2385); an empty one turns it off.</summary>
    [Parameter]
    public System.Security.SecureString? Password { get; set; }

    /// <summary>For a cluster: the Secret that holds the password under the key password (R5); an empty name turns TCP MD5 off.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? PasswordSecret { get; set; }

    [Parameter]
    public uint? Med { get; set; }

    /// <summary>Replaces the communities; an empty list takes them away.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [ListTransform]
    public string[]? Community { get; set; }

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!IsForSpeaker && !TryGetCluster(out _)) return;
        IReadOnlyDictionary<string, object> said = MyInvocation.BoundParameters;
        if (PeerParameters.Misplaced(IsForSpeaker, said) is { } misplaced) ThrowTerminatingError(misplaced);
        try
        {
            if (IsForSpeaker) ChangeOfSpeaker(said);
            else ChangeOfCluster(said);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            WriteError(BgpErrors.InvalidArgument(e, Name));
        }
    }

    private void ChangeOfSpeaker(IReadOnlyDictionary<string, object> said)
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker) || !TryGetPeer(speaker, Name, out BgpPeerOptions? before)) return;
        BgpPeerOptions peer = PeerValues.From(said).Change(before);
        if (!ShouldProcess($"{peer.Name} on speaker {speaker.Name}", "Change BGP peer")) return;
        speaker.Engine.UpdatePeer(peer);
        if (PassThru) WriteObject(new BgpPeer(speaker, peer));
    }

    private void ChangeOfCluster(IReadOnlyDictionary<string, object> said)
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryFind(cluster, Name, out BgpPeerResource? before)) return;
        BgpPeerResource? after = Update(cluster, ClusterPeer.Change(before, said), "Change BGP peer", Force);
        if (after is not null && PassThru) WriteObject(PeerView.Of(new(after, cluster.Name)));
    }
}
