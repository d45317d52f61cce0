using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Views;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>The configured peers of a speaker, or the cluster's BGPPeers (R28).</summary>
[Cmdlet(VerbsCommon.Get, "BgpPeer")]
[OutputType(typeof(BgpPeer))]
public sealed class GetBgpPeer : SpeakerCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Sessions from the pipeline: their peers.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BgpSession? InputObject { get; set; }

    private string[] Names => InputObject is null || WasTyped(nameof(Name)) ? Name : [WildcardPattern.Escape(InputObject.Peer)];

    protected override void ProcessRecord()
    {
        if (IsForSpeaker) WriteSpeakers();
        else WriteMatches<BgpPeerResource>(Names, (peer, cluster) => PeerView.Of(new(peer, cluster.Name)));
    }

    private void WriteSpeakers()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        IReadOnlyCollection<BgpPeerOptions> all = speaker.Engine.Peers;
        NameMatch.Write(
            Wanted(Names),
            all,
            peer => peer.Name,
            peer => WriteObject(new BgpPeer(speaker, peer)),
            name => WriteError(BgpErrors.PeerNotFound(name, speaker.Name, all.Select(peer => peer.Name))));
    }
}
