using System.Diagnostics;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>A process that does not outlive the bench, however that ends.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly Lock s_gate = new();
    private static readonly HashSet<ChildProcess> s_running = [];
    private readonly Process _process;

    /// <param name="showOutput">Whether what it writes appears among ours; otherwise it is thrown away.</param>
    public ChildProcess(string fileName, IEnumerable<string> arguments, bool showOutput = true)
    {
        ProcessStartInfo start = new(fileName, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = !showOutput };
        lock (s_gate)
        {
            _process = Process.Start(start) ?? throw new BenchException($"{fileName} could not be started.");
            s_running.Add(this);
        }

        if (!showOutput) _process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public bool HasExited => _process.HasExited;

    /// <summary>Ends it at once.</summary>
    public void Kill() => _process.Kill();

    /// <returns>Whether it has ended by itself.</returns>
    public bool WaitForExit(TimeSpan limit) => _process.WaitForExit(limit);

    public static void KillAll()
    {
        lock (s_gate)
        {
            foreach (ChildProcess child in s_running)
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

        lock (s_gate) s_running.Remove(this);
        _process.Dispose();
    }
}
