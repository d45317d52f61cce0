using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Quickstart.Tests;

/// <summary>The quickstart as a newcomer runs it: the host, the script and the staged module.</summary>
public sealed class QuickstartTests : IDisposable
{
    private static readonly string s_examples = Path.Combine(AppContext.BaseDirectory, "module", "examples");
    private static readonly string s_script = Path.Combine(s_examples, "quickstart.ps1");

    private readonly string _changed = Path.Combine(s_examples, $"changed-{Guid.NewGuid():n}.ps1");

    public void Dispose() => File.Delete(_changed);

    [Fact]
    public async Task It_shows_a_cluster_at_work_and_ends_well()
    {
        (int code, string output, string error) = await RunAsync(s_script);

        Assert.True(code == 0, output + error);
        Assert.Equal("", error);
        Assert.Matches(@"NAME +LOCAL ASN +PEER ASN +LOCAL IP +PEER IP +STATE +LAST REPORT", output);
        Assert.Matches(@"127\.0\.0\.11-cp-\d +65001 +65000 +127\.0\.1\.101 +127\.0\.0\.11 +Established", output);
        Assert.Matches(@"2001:db8:100::1/128 +2001:db8:10:1::12 +\d+ +65001 +Received +127\.0\.1\.101 +tor1", output);
        Assert.Contains("PS> Get-BgpFloatingIP 127.0.1.101 | Stop-BgpNodeAgent -Abrupt", output, StringComparison.Ordinal);
        Assert.Matches(@"\d\.\d s  tor2's session with 127\.0\.1\.101: Active", output);
        Assert.Matches(@"\d\.\d s  tor1 reaches 203\.0\.113\.33 by: 10\.0\.1\.1\d 10\.0\.1\.1\d\r?\n", output);
        Assert.Matches(@"\d\.\d s  floating IP 127\.0\.1\.101: Held by cp-\d\.\r?\n", output);
        Assert.Matches(@"Move +FloatingIP +127\.0\.1\.10\d +cp-1 +cp-\d +node cp-1 is drained", output);
        Assert.Contains("All as it should be.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\x1b", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_names_what_is_not_so_and_stops_what_it_started()
    {
        string script = await File.ReadAllTextAsync(s_script, TestContext.Current.CancellationToken);
        string changed = script.Replace("-State Established).Count -eq 4", "-State Established).Count -eq 5", StringComparison.Ordinal);
        Assert.NotEqual(script, changed);
        // What is left after the script's clean-up is said last of all.
        changed = changed.Replace("    Get-BgpSpeaker | Where-Object Name -in $speakers | Stop-BgpSpeaker\n}", "    Get-BgpSpeaker | Where-Object Name -in $speakers | Stop-BgpSpeaker\n    $Host.UI.WriteLine(\"left: $(Get-BgpSpeaker) $(Get-BgpCluster)\")\n}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(_changed, changed, TestContext.Current.CancellationToken);
        (int code, string output, string error) = await RunAsync(_changed);

        Assert.Equal(1, code);
        Assert.Contains("Not as it should be: four sessions are Established", error, StringComparison.Ordinal);
        Assert.Matches(@"left:\s*$", output);
        Assert.DoesNotContain("All as it should be", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_script_it_says_how_it_is_used()
    {
        (int code, _, string error) = await RunAsync("/no/such/file.ps1");
        Assert.Equal(2, code);
        Assert.StartsWith("usage:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_ends_soon()
    {
        using Process quickstart = Start(s_script);
        while (await quickstart.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("PS> Start-BgpNodeAgent", StringComparison.Ordinal))
        {
        }

        using (Process kill = Process.Start("sh", ["-c", $"kill -INT {quickstart.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        (int code, string output, string error) = await EndAsync(quickstart);
        Assert.Equal((1, "Interrupted."), (code, error.Trim()));
        Assert.DoesNotContain("All as it should be", output, StringComparison.Ordinal);
    }

    private static Process Start(string script)
    {
        ProcessStartInfo start = new(Path.Combine(AppContext.BaseDirectory, "BgpLoadBalancer.Quickstart"), [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string script)
    {
        using Process quickstart = Start(script);
        return await EndAsync(quickstart);
    }

    private static async Task<(int Code, string Output, string Error)> EndAsync(Process quickstart)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(120));
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
