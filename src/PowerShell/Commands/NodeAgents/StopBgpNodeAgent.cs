using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.NodeAgents;

/// <summary>
/// Stops the agents of nodes. Their routes are withdrawn, every session ends with a Cease, and leases are given back, so that other nodes take over at
/// once. A restart that is planned, and the death of a node for trying failover out, leave all that as it is.
/// </summary>
[Cmdlet(VerbsLifecycle.Stop, "BgpNodeAgent", SupportsShouldProcess = true)]
[OutputType(typeof(BgpNodeAgent))]
public sealed class StopBgpNodeAgent : NodeAgentCmdlet
{
    // Two floating IPs or sessions of one node, in a pipeline, mean the agent once.
    private readonly HashSet<(string Cluster, string Name)> _done = [];

    /// <summary>Nodes, wildcards allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Node")]
    [ArgumentCompleter(typeof(NodeAgentNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    /// <summary>For a new agent of the same node that comes at once: nothing is withdrawn, routers keep the routes, leases and addresses stay (R24).</summary>
    [Parameter]
    public SwitchParameter PlannedRestart { get; set; }

    /// <summary>To try failover out, as if the node had died: connections end without a word, leases and addresses are left to run out.</summary>
    [Parameter]
    public SwitchParameter Abrupt { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private string Action => Abrupt ? "Kill BGP node agent" : PlannedRestart ? "Stop BGP node agent for a restart" : "Stop BGP node agent";

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (PlannedRestart && Abrupt) ThrowTerminatingError(BgpErrors.InvalidArgument(new ArgumentException("An agent is stopped for a planned restart or abruptly, not both: give -PlannedRestart or -Abrupt."), null));
    }

    protected override void ProcessRecord() => ForEach([.. NodesOf(Name).Where(name => !_done.Contains((Cluster ?? "", name)))], Stop);

    private void Stop(RunningNodeAgent agent)
    {
        _ = _done.Add((Cluster ?? "", agent.Name));
        int sessions = agent.Status.Sessions.Length;
        string state = agent.Fault is not null ? "faulted" : sessions == 1 ? "1 session" : $"{sessions} sessions";
        if (!ShouldProcess($"node {agent.Name} of cluster {agent.Cluster.Name}, {state}", Action)) return;
        // Not cancelled by a stop of the pipeline: half a goodbye would be worse, and it is bounded.
        if (ClusterWork.NodeAgents.TryRemove(agent)) RunAsync(Abrupt ? agent.KillAsync : PlannedRestart ? agent.RestartAsync : agent.StopAsync);
        if (PassThru) WriteObject(new BgpNodeAgent(agent));
    }
}
