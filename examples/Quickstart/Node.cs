using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BgpLoadBalancer.Quickstart;

/// <summary>A bgpadvertiser process that stands for a node. Disposing it ends it in any case.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const int SigTerm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _configPath;
    private readonly TaskCompletionSource<IPEndPoint> _health = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private string _lastLine = "nothing";

    public Node(string executable, IPAddress address, IPAddress vip, int routerPort, string folder)
    {
        Address = address;
        _configPath = Path.Combine(folder, $"{address}.yaml");
        Configuration = $"localIP: {address}\nlocalASN: {Router.NodeAsn}\npeers:\n- peerIP: {Router.Address}\n  peerASN: {Router.Asn}\n  peerPort: {routerPort}\n";
        File.WriteAllText(_configPath, Configuration);
        // Port 0: a free one, which the log names.
        ProcessStartInfo start = new(executable, ["--config", _configPath, "--advertise-ip", vip.ToString(), "--health-address", "127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        };
        // The same .NET as this program's, wherever it is installed.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        _process = Process.Start(start)!;
        _reading = ReadLogAsync();
    }

    public IPAddress Address { get; }

    public string Configuration { get; }

    /// <summary>Waits for the health port.</summary>
    public async Task<IPEndPoint> HealthAddressAsync(CancellationToken cancellationToken)
    {
        if (await Task.WhenAny(_health.Task, _reading).WaitAsync(cancellationToken) != _health.Task)
        {
            throw new NotAsExpectedException($"bgpadvertiser of {Address} ended; the last it said was {_lastLine}");
        }

        return await _health.Task;
    }

    /// <summary>Sends SIGTERM and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        if (Kill(_process.Id, SigTerm) != 0 && !_process.HasExited) throw new NotAsExpectedException($"bgpadvertiser of {Address} could not be sent SIGTERM.");
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using CancellationTokenSource patience = new(Patience);
            try
            {
                await StopAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine($"bgpadvertiser of {Address} does not end by itself and is killed.");
                _process.Kill();
            }
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lastLine = line;
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("msg").GetString() == "health port open")
            {
                _health.TrySetResult(IPEndPoint.Parse(json.RootElement.GetProperty("address").GetString()!));
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
