using System.Diagnostics;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>A process that does not outlive the bench, however that ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<ChildProcess> Running = [];
    private readonly Process _process;

    public ChildProcess(string fileName, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(fileName, arguments) { UseShellExecute = false, RedirectStandardInput = true };
        lock (Gate)
        {
            _process = Process.Start(start) ?? throw new BenchException($"{fileName} could not be started.");
            Running.Add(this);
        }
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public bool HasExited => _process.HasExited;

    /// <returns>Whether it has ended by itself.</returns>
    public bool WaitForExit(TimeSpan limit) => _process.WaitForExit(limit);

    public static void KillAll()
    {
        lock (Gate)
        {
            foreach (ChildProcess child in Running)
            {
                if (!child._process.HasExited) child._process.Kill();
            }
        }
    }

    /// <summary>Gives the process two seconds to end by itself.</summary>
    public void Dispose()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(2)))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        lock (Gate) Running.Remove(this);
        _process.Dispose();
    }
}
