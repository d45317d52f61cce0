using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.NodeAgents;

/// <summary>
/// Starts the agent of a node in this process: it holds the floating IPs that the controller gives to the node, and has the plan's sessions and routes.
/// The node is this host, which takes root, and has the node's address; with -Loopback several nodes live on 127.0.0.0/8, without privileges. It lives until Stop-BgpNodeAgent or
/// the end of the process.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "BgpNodeAgent", SupportsShouldProcess = true)]
[OutputType(typeof(BgpNodeAgent))]
public sealed class StartBgpNodeAgent : NodeAgentCmdlet
{
    // A day is longer than anybody waits for a lease.
    private const double Longest = 86_400;
    private const double ShortestDrop = 2;

    // Several nodes in a pipeline hear it once.
    private readonly HashSet<ConnectedCluster> _warned = [];

    // Those for which -AdvertiserConfigPath was taken.
    private readonly List<string> _fileOf = [];

    /// <summary>Nodes of the cluster, wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node")]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>The nodes live in this process on 127.0.0.0/8; their subnets are what their Nodes say. To try a cluster out.</summary>
    [Parameter]
    public SwitchParameter Loopback { get; set; }

    /// <summary>Seconds: how often the lease of a floating IP is renewed.</summary>
    [Parameter]
    [ValidateRange(LeaseDurations.Shortest, Longest)]
    public double RenewIntervalSec { get; set; } = 2;

    /// <summary>Seconds without a renewal after which a floating IP is dropped. At least 2: the kernel counts an address's lifetime in whole seconds.</summary>
    [Parameter]
    [ValidateRange(ShortestDrop, Longest)]
    public double DropTimeSec { get; set; } = 12;

    /// <summary>Whole seconds after which another node takes the lease of a floating IP; the same for all agents of the cluster.</summary>
    [Parameter]
    [ValidateRange(1, (int)Longest)]
    public int LeaseDurationSec { get; set; } = 15;

    /// <summary>Seconds: how often the agent says that its node lives (R23).</summary>
    [Parameter]
    [ValidateRange(LeaseDurations.Shortest, Longest)]
    public double NodeRenewIntervalSec { get; set; } = 5;

    /// <summary>Whole seconds without that after which the node is no next hop; the same for the controller.</summary>
    [Parameter]
    [ValidateRange(1, (int)Longest)]
    public int NodeLeaseDurationSec { get; set; } = 15;

    /// <summary>Seconds: how often a session is reported that does not change; the same for the controller (R30).</summary>
    [Parameter]
    [ValidateRange(1.0, 3600.0)]
    public double ReportIntervalSec { get; set; } = 10;

    /// <summary>Keep services announced that have no ready endpoint (R23); the same for the controller.</summary>
    [Parameter]
    public SwitchParameter AnnounceWithoutEndpoint { get; set; }

    /// <summary>The file that the bgpadvertiser of a control-plane node reads: the agent keeps it as the plan has it, and reports the sessions (R15, R30). For one node.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdvertiserConfigPath { get; set; }

    /// <summary>Where that bgpadvertiser tells of its sessions; by default 127.0.0.1:8080.</summary>
    [Parameter]
    [ValidateNotNull]
    [EndPointTransform]
    public IPEndPoint? AdvertiserHealthAddress { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string? problem = LeaseDurations.Problem(RenewIntervalSec, DropTimeSec, LeaseDurationSec, FloatingIPSettings.Margin, ShortestDrop, "two nodes could hold a floating IP at once", "one failed renewal would cost a floating IP")
            ?? LeaseDurations.ProblemOfNode(NodeRenewIntervalSec, NodeLeaseDurationSec)
            ?? (AdvertiserHealthAddress is not null && AdvertiserConfigPath is null ? "-AdvertiserHealthAddress goes with -AdvertiserConfigPath only." : null);
        if (problem is not null) ThrowTerminatingError(BgpErrors.InvalidArgument(new ArgumentException(problem), null));
    }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster)) return;
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<NodeResource>(null, stop), out ResourceList<NodeResource>? nodes)) return;
        List<NodeResource> found = [];
        NameMatch.Write(
            Wanted(NodesOf(Name)),
            nodes.Items,
            node => node.Metadata.Name,
            found.Add,
            name => WriteError(BgpErrors.NotFoundInCluster("BgpNode", "node", name, cluster.Name, nodes.Items.Select(node => node.Metadata.Name))));
        if (!Loopback && !IsThisHost(cluster, found)) return;
        if (AdvertiserConfigPath is not null && _fileOf.Concat(found.Select(node => node.Metadata.Name)).ToArray() is { Length: > 1 } several)
        {
            WriteError(BgpErrors.InvalidArgument(new ArgumentException($"-AdvertiserConfigPath is the file of one node's bgpadvertiser, and {string.Join(", ", several)} are {several.Length} nodes: start them one by one, each with its own."), cluster.Name));
            return;
        }

        if (AdvertiserConfigPath is not null) _fileOf.AddRange(found.Select(node => node.Metadata.Name));
        if (Loopback && found.Count > 0 && _warned.Add(cluster)) WarnOfOtherAddresses(cluster);
        foreach (NodeResource node in found) Start(cluster, node);
    }

    private void WarnOfOtherAddresses(ConnectedCluster cluster)
    {
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<NetworkGatewayGroupResource>(cluster.Namespace, stop), out ResourceList<NetworkGatewayGroupResource>? groups)) return;
        IPAddress[] others = [.. groups.Items.SelectMany(group => group.FloatingIPs).Where(address => !IPAddress.IsLoopback(address))];
        if (others.Length == 0) return;
        WriteWarning($"No node on loopback can hold {string.Join(", ", others.Select(address => address.ToString()))}: {(others.Length == 1 ? "it lies" : "they lie")} outside 127.0.0.0/8, so no session starts from there. A cluster for loopback has its floating IPs, the subnets of its nodes and its routers there; examples/quickstart is one.");
    }

    private bool IsThisHost(ConnectedCluster cluster, List<NodeResource> found)
    {
        IEnumerable<string> others = ClusterWork.NodeAgents.Of(cluster).Where(agent => !agent.HasEnded && !agent.IsOnLoopback).Select(agent => agent.Name);
        string[] together = [.. others.Concat(found.Select(node => node.Metadata.Name)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (together.Length > 1) WriteError(BgpErrors.OneHostOneNode(cluster.Name, together));
        else if (!OperatingSystem.IsLinux()) WriteError(BgpErrors.InvalidArgument(new PlatformNotSupportedException("A node's agent works on Linux; elsewhere nodes can live on loopback, with -Loopback."), cluster.Name));
        else if (found.Find(node => !ThisHost.MayBe(node)) is { } other) WriteError(BgpErrors.NodeNotThisHost(other));
        else return true;
        return false;
    }

    private void Start(ConnectedCluster cluster, NodeResource node)
    {
        string name = node.Metadata.Name;
        if (Loopback && node.InterfaceAddresses.IsEmpty)
        {
            WriteError(BgpErrors.NodeSubnetsUnknown(name));
            return;
        }

        if (Make(cluster, node) is not { } agent) return;
        if (ShouldProcess($"node {name} of cluster {cluster.Name}{(Loopback ? ", on loopback" : ", which is this host")}", "Start BGP node agent"))
        {
            if (ClusterWork.NodeAgents.TryStart(agent))
            {
                WriteObject(new BgpNodeAgent(agent));
                return;
            }

            WriteError(BgpErrors.WorkExists("BgpNodeAgent", "agent of node", name, cluster.Name));
        }

        RunAsync(() => agent.DisposeAsync().AsTask());
    }

    private RunningNodeAgent? Make(ConnectedCluster cluster, NodeResource node)
    {
        NodeAgentSettings settings = new()
        {
            NodeName = node.Metadata.Name,
            FloatingIPs = new()
            {
                Renew = TimeSpan.FromSeconds(RenewIntervalSec),
                Drop = TimeSpan.FromSeconds(DropTimeSec),
                Lease = TimeSpan.FromSeconds(LeaseDurationSec),
            },
            SessionReportPeriod = TimeSpan.FromSeconds(ReportIntervalSec),
            NodeLeaseRenew = TimeSpan.FromSeconds(NodeRenewIntervalSec),
            NodeLeaseDuration = TimeSpan.FromSeconds(NodeLeaseDurationSec),
            WithdrawWithoutEndpoints = !AnnounceWithoutEndpoint,
        };
        try
        {
            return new(node, cluster, settings, ControlPlane(), Loopback);
        }
        catch (ArgumentException e)
        {
            WriteError(BgpErrors.InvalidArgument(e, node.Metadata.Name));
            return null;
        }
    }

    private ControlPlaneSettings? ControlPlane()
    {
        if (AdvertiserConfigPath is null) return null;
        ControlPlaneSettings settings = new() { ConfigPath = GetUnresolvedProviderPathFromPSPath(AdvertiserConfigPath) };
        return AdvertiserHealthAddress is null ? settings : settings with { HealthAddress = AdvertiserHealthAddress };
    }
}
