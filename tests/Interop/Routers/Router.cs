using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Routers;

/// <summary>A routing daemon in a namespace: its life, and what it says of its sessions and routes.</summary>
internal abstract class Router(InteropLab lab, NetworkNamespace host, RouterOptions options)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private readonly List<LabProcess> _processes = [];

    public NetworkNamespace Host => host;

    public RouterOptions Options => options;

    /// <summary>Where this router keeps its files.</summary>
    protected string Folder { get; } = CreateFolder(lab, host);

    public static Router Create(RouterKind kind, InteropLab lab, NetworkNamespace host, RouterOptions options) => kind switch
    {
        RouterKind.Bird => new BirdRouter(lab, host, options),
        RouterKind.Frr => new FrrRouter(lab, host, options),
        RouterKind.GoBgp => new GoBgpRouter(lab, host, options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Writes the configuration, starts the daemons and waits until they answer.</summary>
    public async Task StartAsync()
    {
        await StartDaemonsAsync();
        await Eventually.BecomesAsync($"{GetType().Name} answers", AnswersAsync, answers => answers, StartLimit, ReadLogs);
    }

    /// <summary>Ends it as an operator would: it says goodbye to its peers.</summary>
    public Task StopAsync() => EndAsync(SystemCalls.SigTerm);

    /// <summary>Ends it without giving it a chance; the kernel still closes its connections.</summary>
    public Task KillAsync() => EndAsync(SystemCalls.SigKill);

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>All paths of its tables that came by BGP, best or not, in order of prefix and next hop.</summary>
    public async Task<IReadOnlyList<RouterPath>> GetPathsAsync() =>
        [.. (await ReadPathsAsync()).OrderBy(path => path.Prefix, StringComparer.Ordinal).ThenBy(path => path.NextHop, AddressOrder.Instance)];

    /// <summary>The next hops that it has for one prefix, in order.</summary>
    public async Task<IReadOnlyList<IPAddress>> GetNextHopsAsync(string prefix) =>
        [.. (await GetPathsAsync()).Where(path => path.Prefix == prefix).Select(path => path.NextHop)];

    public abstract Task<RouterSession> GetSessionAsync(IPAddress peer);

    /// <summary>The ends of the logs of its daemons.</summary>
    public string ReadLogs() => string.Join('\n', Directory.EnumerateFiles(Folder, "*.log").Order(StringComparer.Ordinal).Select(Tail));

    protected abstract Task StartDaemonsAsync();

    protected abstract Task<bool> AnswersAsync();

    protected abstract Task<IEnumerable<RouterPath>> ReadPathsAsync();

    protected string PathOf(string file) => Path.Combine(Folder, file);

    protected void StartDaemon(string program, params string[] arguments) =>
        _processes.Add(lab.Start(host, PathOf(program + ".log"), program, arguments));

    private static string CreateFolder(InteropLab lab, NetworkNamespace host)
    {
        string folder = Directory.CreateDirectory(Path.Combine(lab.Folder, host.Name)).FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        return folder;
    }

    private static string Tail(string file)
    {
        string[] lines = File.ReadAllLines(file);
        return $"--- {Path.GetFileName(file)}\n{string.Join('\n', lines.TakeLast(40))}";
    }

    private async Task EndAsync(int signal)
    {
        // In the reverse order of their start: what depends on another daemon goes first.
        for (int i = _processes.Count - 1; i >= 0; i--)
        {
            _processes[i].Signal(signal);
            await _processes[i].WaitForExitAsync(StopLimit);
        }

        _processes.Clear();
    }
}
