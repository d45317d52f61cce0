using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

public sealed class QuickstartTests
{
    [Fact]
    public async Task It_shows_sessions_routes_and_the_withdrawal()
    {
        (int code, string output, string error) = await RunAsync(AdvertiserProcess.Executable);

        Assert.True(code == 0, output + error);
        Assert.Contains("NAME               LOCAL ASN  PEER ASN  LOCAL IP   PEER IP     STATE        LAST REPORT", output, StringComparison.Ordinal);
        Assert.Contains("10.0.0.8/32  127.0.0.12  65500    127.0.0.12", output, StringComparison.Ordinal);
        Assert.Contains("All was as it should be", output, StringComparison.Ordinal);
        Assert.Equal("", error);
    }

    [Theory]
    [InlineData("/bin/true", 1, "bgpadvertiser of 127.0.0.11 ended")]
    [InlineData("/no/such/file", 2, "'/no/such/file' is not there")]
    public async Task It_names_what_is_not_so(string executable, int exitCode, string message)
    {
        (int code, _, string error) = await RunAsync(executable);

        Assert.Equal(exitCode, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_stops_what_it_started()
    {
        using Process quickstart = Start(AdvertiserProcess.Executable);
        while (await quickstart.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("2.", StringComparison.Ordinal))
        {
        }

        using (Process kill = Process.Start("sh", ["-c", $"kill -INT {quickstart.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        (int code, _, string error) = await EndAsync(quickstart);
        Assert.Equal((1, "Interrupted; everything is stopped."), (code, error.Trim()));
    }

    private static Process Start(string executable)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "BgpLoadBalancer.Quickstart"), [executable]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string executable)
    {
        using Process quickstart = Start(executable);
        return await EndAsync(quickstart);
    }

    private static async Task<(int Code, string Output, string Error)> EndAsync(Process quickstart)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            Task<string> output = quickstart.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> error = quickstart.StandardError.ReadToEndAsync(deadline.Token);
            await quickstart.WaitForExitAsync(deadline.Token);
            return (quickstart.ExitCode, await output, await error);
        }
        finally
        {
            if (!quickstart.HasExited) quickstart.Kill(entireProcessTree: true);
        }
    }
}
