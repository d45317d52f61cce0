using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Speakers;

/// <summary>The executable bgpadvertiser on a host of the lab, with one peer.</summary>
internal sealed class AdvertiserProcess
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);
    private readonly LabProcess _process;

    private AdvertiserProcess(LabProcess process) => _process = process;

    public static AdvertiserProcess Start(RouterLab lab, int node, string vip, string? executable = null, string logName = "bgpadvertiser.log")
    {
        IPAddress local = RouterLab.NodeAddress(node);
        string file = Path.Combine(lab.Lab.Folder, "bgpadvertiser.yaml");
        File.WriteAllText(file, $"""
            localIP: {local}
            localASN: {RouterLab.NodeAsn}
            peers:
              - peerIP: {RouterLab.RouterAddress}
                peerASN: {RouterLab.RouterAsn}
            """);
        return new(lab.Lab.Start(lab.Nodes[node], logName, executable ?? BuildOutput.Advertiser, "--config", file, "--advertise-ip", vip));
    }

    public string Log() => _process.ReadLog();

    public void Signal(int signal) => _process.Signal(signal);

    /// <returns>Its exit code.</returns>
    public Task<int> WaitForExitAsync() => _process.WaitForExitAsync(ExitLimit);
}
