using System.Diagnostics;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    // Daemons and network tools are not on every user's PATH.
    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
        "/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/lib/frr",
    ];

    /// <summary>The full path of a program, or null when it is not installed.</summary>
    public static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program and gives what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has the command and what it said.</exception>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        (int code, string output, string error) = await TryRunAsync(program, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}\nended with {code}: {error}{output}");
    }

    /// <summary>The same for a program that may fail.</summary>
    /// <exception cref="TimeoutException">It did not end in 20 s; it has been killed.</exception>
    public static async Task<(int Code, string Output, string Error)> TryRunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(Find(program) ?? throw new FileNotFoundException($"{program} is not installed."), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = new(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end in {Limit.TotalSeconds} s.");
        }
    }
}
