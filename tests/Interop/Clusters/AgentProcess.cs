using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>The node agent of one node, and the next one after it was ended.</summary>
internal sealed class AgentProcess(InteropLab lab, NetworkNamespace host, string node, string socket, ClusterTimings timings)
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(15);
    private int _starts;
    private LabProcess? _process;

    public LabProcess Process => _process ?? throw new InvalidOperationException("The agent has not been started.");

    /// <summary>What the node's bgpadvertiser is to read: the agent writes it (R15).</summary>
    public string AdvertiserConfig { get; } = Path.Combine(lab.Folder, $"bgpadvertiser-{node}.yaml");

    public void Start() =>
        _process = lab.Start(host, $"agent-{node}-{++_starts}.log", BuildOutput.AgentHost, [socket, ClusterResources.Namespace, node, $"advertiser={AdvertiserConfig}", .. timings.Arguments]);

    public void Kill() => Process.Signal(SystemCalls.SigKill);

    /// <summary>Planned restart: the successor starts when this one has ended.</summary>
    public async Task RestartAsync()
    {
        Process.Signal(SystemCalls.SigUsr2);
        Assert.Equal(0, await Process.WaitForExitAsync(ExitLimit));
        Start();
    }

    public string Log() => $"--- {node}\n{_process?.ReadLog()}";
}
