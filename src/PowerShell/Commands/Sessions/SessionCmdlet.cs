using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>A cmdlet about sessions, which are found by the peer and the node.</summary>
public abstract class SessionCmdlet : SpeakerCmdlet
{
    /// <summary>Addresses of peers; by default every peer.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(PeerIPAddressCompleter))]
    public IPAddress[]? PeerIPAddress { get; set; }

    /// <summary>The name of the peer, where its address alone does not say which session is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    public string? Peer { get; set; }

    /// <summary>Nodes, wildcards allowed; of a speaker's session it is the speaker.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public string[] Node { get; set; } = ["*"];

    /// <summary>A session from the pipeline: that one, and not another with the same peer on the same node.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BgpSession? InputObject { get; set; }

    /// <summary>A step of a plan from the pipeline: its session.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public BgpPlanStep? Step { get; set; }

    /// <summary>The step is about something else, such as a route: then no session is meant, rather than all.</summary>
    private protected bool IsAboutOther => Step is { Kind: not PlanStepKind.Session };

    private protected IPAddress[] WantedAddresses => [.. (PeerIPAddress ?? []).Where(address => address is not null)];

    /// <summary>The sessions of the speaker that are meant; an address without one is an error. A plan is a cluster's, so that its steps mean none.</summary>
    private protected IEnumerable<BgpSessionInfo> FindSessions(RunningSpeaker speaker) =>
        Step is null && IsNodeWanted(speaker.Name) ? FindSessions(speaker, PeerIPAddress, Peer) : [];

    /// <summary>Asks about the sessions of a cluster as this input does. A copy: it may be asked after the input is gone.</summary>
    private protected ClusterSessionFilter ClusterFilter() => new(InputObject?.Name ?? Step?.Name, WantedAddresses, Peer, Node);

    /// <summary>The sessions of the cluster, by name, with the names of its peers.</summary>
    private protected bool TryListSessions(ConnectedCluster cluster, out BgpSession[] sessions)
    {
        sessions = [];
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, stop), out var all) || !TryGetPeerNames(cluster, out ClusterPeerNames? peers)) return false;
        sessions = [.. all.Items.OrderBy(session => session.Metadata.Name, StringComparer.Ordinal).Select(session => peers.Describe(session))];
        return true;
    }

    private protected bool TryGetPeerNames(ConnectedCluster cluster, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ClusterPeerNames? names) =>
        TryAsk(cluster, null, (store, stop) => ClusterPeerNames.ReadAsync(cluster, stop), out names);

    private protected bool IsNodeWanted(string node) => Array.Exists(Node, wanted => new WildcardPattern(wanted, WildcardOptions.IgnoreCase).IsMatch(node));
}
