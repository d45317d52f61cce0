using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

/// <summary>A bgpadvertiser of the test's own; killed by its id when disposed, if it still runs.</summary>
internal sealed class AdvertiserProcess : IAsyncDisposable
{
    /// <summary>No wait of a test is longer.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Task<string> _error;
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AdvertiserProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // The host file next to the test finds the runtime that runs the test.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "bgpadvertiser");

    public int Id => _process.Id;

    public static AdvertiserProcess Start(params string[] arguments) => new(new ProcessStartInfo(Executable, arguments));

    /// <summary>Starts it in a network namespace.</summary>
    public static AdvertiserProcess StartIn(string networkNamespace, params string[] arguments) =>
        new(new ProcessStartInfo("ip", ["netns", "exec", networkNamespace, Executable, .. arguments]));

    /// <summary>Starts a long run with a health port that is free.</summary>
    public static AdvertiserProcess Run(string configPath, string vip, params string[] more) =>
        Start(["--config", configPath, "--advertise-ip", vip, "--health-address", "127.0.0.1:0", .. more]);

    /// <summary>The lines of stdout so far.</summary>
    public string[] Lines
    {
        get
        {
            lock (_lock) return [.. _lines];
        }
    }

    /// <summary>Waits for a log line with this message that meets the condition; lines that are there already count.</summary>
    public Task<JsonElement> EventAsync(string message, Func<JsonElement, bool>? condition = null) =>
        LineAsync(line => line.GetProperty("msg").GetString() == message && (condition is null || condition(line)), message);

    /// <summary>Waits for the session to be established.</summary>
    public Task EstablishedAsync(string peer) =>
        EventAsync("state changed", line => line.GetProperty("peer").GetString() == peer && line.GetProperty("new").GetString() == "BGP_FSM_ESTABLISHED");

    /// <summary>Waits for a line of stdout that meets the condition.</summary>
    public async Task<JsonElement> LineAsync(Func<JsonElement, bool> condition, string what)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        for (int next = 0; ;)
        {
            Task more;
            string? line;
            lock (_lock)
            {
                more = _more.Task;
                line = next < _lines.Count ? _lines[next++] : null;
            }

            if (line is not null)
            {
                JsonElement json = JsonSerializer.Deserialize<JsonElement>(line);
                if (condition(json)) return json;
                continue;
            }

            Assert.False(_reading.IsCompleted, $"bgpadvertiser ended without the line '{what}'. It wrote:\n{string.Join('\n', Lines)}\n{(_reading.IsCompleted ? await _error : "")}");
            await Task.WhenAny(more, _reading, Task.Delay(Timeout.InfiniteTimeSpan, deadline.Token));
            Assert.False(deadline.IsCancellationRequested, $"bgpadvertiser did not write the line '{what}' in time. It wrote:\n{string.Join('\n', Lines)}");
        }
    }

    /// <summary>Where it serves its health port.</summary>
    public async Task<IPEndPoint> HealthAddressAsync() => IPEndPoint.Parse((await EventAsync("health port open")).GetProperty("address").GetString()!);

    /// <summary>Sends a signal by its name without SIG.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{name} {Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits for its end.</summary>
    public async Task<(int Code, string Error)> ExitAsync()
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        await _reading;
        return (_process.ExitCode, await _error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
                TaskCompletionSource more = _more;
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
                more.SetResult();
            }
        }
    }
}
