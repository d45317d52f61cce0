using System.Diagnostics;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>A program that runs in a namespace until it is told to end. What it prints goes to a file.</summary>
internal sealed class LabProcess : IAsyncDisposable
{
    private readonly Process _process;

    private LabProcess(Process process, string name, string logFile)
    {
        _process = process;
        Name = name;
        LogFile = logFile;
    }

    public string Name { get; }

    public string LogFile { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Bytes of physical memory (proc(5), VmRSS).</summary>
    public long ResidentMemory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The program is started as it stands: `ip netns exec` becomes it, so the process identifier is its own.</summary>
    public static LabProcess Start(NetworkNamespace place, string logFile, string program, params string[] arguments)
    {
        string path = Command.Find(program) ?? throw new FileNotFoundException($"{program} is not installed.");
        const string appendOutput = "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null";
        Process process = Process.Start("/bin/sh", ["-c", appendOutput, "sh", logFile, Command.Find("ip")!, "netns", "exec", place.Name, path, .. arguments]);
        return new(process, Path.GetFileName(program), logFile);
    }

    public void Signal(int signal)
    {
        if (!_process.HasExited) SystemCalls.Signal(_process.Id, signal);
    }

    /// <summary>Waits for the end of a process that was told to.</summary>
    /// <exception cref="TimeoutException">It is still there.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using CancellationTokenSource source = new(limit);
        try
        {
            await _process.WaitForExitAsync(source.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Name} (process {_process.Id}) did not end in {limit.TotalSeconds} s.");
        }
    }

    public string ReadLog() => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public async ValueTask DisposeAsync()
    {
        Signal(SystemCalls.SigKill);
        await WaitForExitAsync(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }
}
