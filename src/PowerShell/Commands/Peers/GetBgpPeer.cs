using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>The configured peers.</summary>
[Cmdlet(VerbsCommon.Get, "BgpPeer")]
[OutputType(typeof(BgpPeer))]
public sealed class GetBgpPeer : SpeakerCmdlet
{
    private bool _typed;

    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>A speaker from the pipeline: all its peers, unless names were typed.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public Models.BgpSpeaker? InputObject { get; set; }

    protected override void BeginProcessing() => _typed = MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        IReadOnlyCollection<BgpPeerOptions> all = speaker.Engine.Peers;
        NameMatch.Write(
            InputObject is null || _typed ? Name : ["*"],
            all,
            peer => peer.Name,
            peer => WriteObject(new BgpPeer(speaker, peer)),
            name => WriteError(BgpErrors.PeerNotFound(name, speaker.Name, all.Select(peer => peer.Name))));
    }
}
