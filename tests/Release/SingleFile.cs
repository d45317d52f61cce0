using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Release.Tests;

/// <summary>The native bgpadvertiser that the release task has made. Skips the test where it cannot be made.</summary>
internal static class SingleFile
{
    public static string Executable()
    {
        Assert.SkipUnless(
            !OperatingSystem.IsLinux() || (File.Exists("/usr/bin/gcc") && File.Exists("/usr/include/zlib.h")),
            "The native compiler needs gcc and zlib1g-dev: apt-get install gcc zlib1g-dev");
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BgpLoadBalancer.slnx"))) folder = folder.Parent!;
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string runtime = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        string path = Path.Combine(folder.FullName, "artifacts", "release", runtime, OperatingSystem.IsWindows() ? "bgpadvertiser.exe" : "bgpadvertiser");
        Assert.True(File.Exists(path), $"{path} is not there: run the release task first.");
        return path;
    }

    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(Executable(), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A host that needs a runtime would end with an error here.
        start.Environment["DOTNET_ROOT"] = Path.Combine(AppContext.BaseDirectory, "no-runtime");
        start.Environment["PATH"] = "";
        using Process process = Process.Start(start)!;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
