using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Speakers;

/// <summary>The executable bgpadvertiser on a host of the lab, with one peer.</summary>
internal sealed class AdvertiserProcess
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(15);
    private static readonly IPEndPoint Health = new(IPAddress.Loopback, 8080);
    private readonly LabProcess _process;

    private readonly NetworkNamespace _host;

    private AdvertiserProcess(LabProcess process, NetworkNamespace host)
    {
        _process = process;
        _host = host;
    }

    /// <summary>Bytes of physical memory.</summary>
    public long ResidentMemory => _process.ResidentMemory;

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
        return new(lab.Lab.Start(lab.Nodes[node], logName, executable ?? BuildOutput.Advertiser, "--config", file, "--advertise-ip", vip), lab.Nodes[node]);
    }

    /// <summary>Asks its health port how many paths its peer has sent.</summary>
    public async Task<long> GetPathsReceivedAsync()
    {
        using SocketsHttpHandler handler = new()
        {
            ConnectCallback = async (context, cancellation) =>
            {
                Socket socket = _host.CreateSocket(AddressFamily.InterNetwork);
                await socket.ConnectAsync(Health, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using HttpClient client = new(handler);
        using JsonDocument sessions = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://{Health}/sessions")));
        return sessions.RootElement[0].GetProperty("pathsReceived").GetInt64();
    }

    public string Log() => _process.ReadLog();

    public void Signal(int signal) => _process.Signal(signal);

    /// <returns>Its exit code.</returns>
    public Task<int> WaitForExitAsync() => _process.WaitForExitAsync(ExitLimit);
}
