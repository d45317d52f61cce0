using System.Collections.Immutable;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>The floating IPs of a cluster, and where they are: by their leases where a node holds them, else by what a controller wrote, else by the plan.</summary>
[Cmdlet(VerbsCommon.Get, "BgpFloatingIP")]
[OutputType(typeof(BgpFloatingIP))]
public sealed class GetBgpFloatingIP : ClusterCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(FloatingIPCompleter))]
    public IPAddress[]? Address { get; set; }

    /// <summary>Only those on these nodes; wildcards allowed.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NodeNameCompleter))]
    public string[] Node { get; set; } = ["*"];

    /// <summary>Floating IPs, sessions and steps of a plan from the pipeline: their floating IPs.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public IBgpRelated<BgpFloatingIP>? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetCluster(out ConnectedCluster? cluster) || !TryReadSnapshot(cluster, out ClusterSnapshot? snapshot)) return;
        if (!TryAsk(cluster, null, (store, stop) => store.ListAsync<LeaseResource>(LeaseNames.SystemNamespace, stop), out ResourceList<LeaseResource>? leases)) return;
        Dictionary<string, LeaseResource> byName = leases.Items.ToDictionary(lease => lease.Metadata.Name);
        ClusterPlan plan = Planner.Plan(snapshot);
        ImmutableArray<PlannedFloatingIP> all = plan.FloatingIPs;
        // What an object has to do with is looked for where it is now, not on the node that the object knew.
        IPAddress[]? addresses = InputObject is null || WasTyped(nameof(Address)) ? Address : null;
        foreach (IPAddress missing in (addresses ?? []).Where(address => address is not null && !all.Any(planned => planned.Address.Equals(address))))
        {
            WriteError(BgpErrors.NotFoundInCluster("BgpFloatingIP", "floating IP", missing.ToString(), cluster.Name, all.Select(planned => planned.Address.ToString())));
        }

        WildcardPattern[] nodes = [.. Wanted(InputObject, Node, nameof(Node)).Select(node => new WildcardPattern(node, WildcardOptions.IgnoreCase))];
        HashSet<string> holders = [.. plan.Nodes.Select(node => node.Name)];
        foreach (PlannedFloatingIP planned in all.Where(planned => addresses is null || addresses.Contains(planned.Address)))
        {
            FloatingIPStatus? status = snapshot.NetworkGatewayGroup?.Status.FirstOrDefault(status => status.Address.Equals(planned.Address));
            BgpFloatingIP floating = BgpFloatingIP.Of(cluster.Name, planned, status, byName.GetValueOrDefault(LeaseNames.OfFloatingIP(planned.Address)));
            if (nodes.Any(pattern => pattern.IsMatch(floating.Node ?? ""))) WriteRelated(InputObject, floating);
            // A node that is gone can hold one still.
            if (floating.Node is { } holder) _ = holders.Add(holder);
        }

        WriteUnknownNodes(Node, cluster, [.. holders]);
    }
}
