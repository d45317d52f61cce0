using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Views;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>What is done with what was said.</summary>
public sealed partial class NewBgpPeer
{
    protected override void ProcessRecord()
    {
        if (!IsForSpeaker && !TryGetCluster(out _)) return;
        // What only belongs where the piped object was got stays there.
        if (PeerParameters.Misplaced(IsForSpeaker, IsCrossing ? Typed : Said) is { } misplaced) ThrowTerminatingError(misplaced);
        if (PeerIPAddress is null)
        {
            WriteError(BgpErrors.ParameterMissing(nameof(PeerIPAddress), "every peer has an address."));
            return;
        }

        try
        {
            if (IsForSpeaker) AddToSpeaker();
            else AddToCluster();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            WriteError(BgpErrors.InvalidArgument(e, PeerIPAddress));
        }
    }

    private void AddToSpeaker()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
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

    private void AddToCluster()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryGetClusterResource(cluster, out ClusterResource? resource)) return;
        string name = Said.GetValueOrDefault(nameof(Name)) is string { Length: > 0 } said ? said : $"{PeerIPAddress}";
        if (!IsFree<BgpPeerResource>(cluster, name)) return;
        BgpPeerResource peer = ClusterPeer.Create(NewMetadata(cluster, name), resource.LoadBalancer.LocalAsn, Said);
        if (Create(cluster, peer, $"Add BGP peer {peer.PeerIP} (AS {peer.PeerAsn})", Force) is { } created) WriteObject(PeerView.Of(new(created, cluster.Name)));
    }
}
