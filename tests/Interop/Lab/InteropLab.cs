namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>The hosts, segments and processes of one test. Disposing it removes them all.</summary>
internal sealed class InteropLab : IAsyncDisposable
{
    private readonly string _name = LabName.Next();
    private readonly List<string> _namespaces = [];
    private readonly List<LabProcess> _processes = [];

    private InteropLab()
    {
        // Routers run as users of their own.
        Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), _name)).FullName;
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
    }

    /// <summary>For configurations, control sockets and logs.</summary>
    public string Folder { get; }

    public static async Task<InteropLab> CreateAsync()
    {
        await LabSweeper.SweepOnceAsync();
        return new();
    }

    public async Task<NetworkNamespace> AddHostAsync(string role)
    {
        string name = $"{_name}-{role}";
        _namespaces.Add(name);
        return await NetworkNamespace.CreateAsync(name);
    }

    public async Task<Segment> AddSegmentAsync(string role) => await Segment.CreateAsync(await AddHostAsync(role));

    public LabProcess Start(NetworkNamespace place, string logName, string program, params string[] arguments)
    {
        LabProcess process = LabProcess.Start(place, Path.Combine(Folder, logName), program, arguments);
        _processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LabProcess process in _processes) await process.DisposeAsync();
        foreach (string name in _namespaces.Where(name => File.Exists(Path.Combine(NetworkNamespace.Folder, name)))) await NetworkNamespace.DeleteAsync(name);
        Directory.Delete(Folder, recursive: true);
    }
}
