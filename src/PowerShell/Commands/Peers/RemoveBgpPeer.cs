using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Views;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>Removes peers of a speaker, or of the cluster; their sessions end with a Cease (Peer De-configured).</summary>
[Cmdlet(VerbsCommon.Remove, "BgpPeer", SupportsShouldProcess = true)]
[OutputType(typeof(BgpPeer))]
public sealed class RemoveBgpPeer : SpeakerCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Also through a user cluster, whose copies are overwritten from the admin cluster (R36).</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (PeerParameters.Misplaced(IsForSpeaker, MyInvocation.BoundParameters) is { } misplaced) ThrowTerminatingError(misplaced);
        if (IsForSpeaker) RemoveFromSpeaker();
        else RemoveFromCluster();
    }

    private void RemoveFromCluster()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        foreach (string name in Name)
        {
            if (!TryFind(cluster, name, out BgpPeerResource? peer)) continue;
            if (Delete(cluster, peer, "Remove BGP peer", Force) && PassThru) WriteObject(PeerView.Of(new(peer, cluster.Name)));
        }
    }

    private void RemoveFromSpeaker()
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
