using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>Removes peers; their sessions end with a Cease (Peer De-configured).</summary>
[Cmdlet(VerbsCommon.Remove, "BgpPeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpPeer))]
public sealed class RemoveBgpPeer : SpeakerCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (string name in Name)
        {
            if (!TryGetPeer(speaker, name, out BgpPeerOptions? peer)) continue;
            if (!ShouldProcess($"{peer.Name} ({peer.PeerAddress}) on speaker {speaker.Name}", "Remove BGP peer")) continue;
            RunAsync(async () => await speaker.Engine.RemovePeerAsync(peer.Name).ConfigureAwait(false));
            if (PassThru) WriteObject(new BgpPeer(speaker, peer));
        }
    }
}
