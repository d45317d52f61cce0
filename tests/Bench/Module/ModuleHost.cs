using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;
using Pipeline = System.Management.Automation.PowerShell;

namespace BgpLoadBalancer.Bench.Module;

/// <summary>A fresh engine that imports the module and uses it: what a person waits for in a new shell.</summary>
internal static class ModuleHost
{
    public const string Command = "module";

    private const int Sessions = 1_000;

    /// <summary>The module as it is staged beside the bench.</summary>
    public static string Manifest { get; } = Path.Combine(AppContext.BaseDirectory, "module", "BgpLoadBalancer.psd1");

    /// <summary>Writes the times of <see cref="ModuleSample"/> into a file, in its order.</summary>
    public static void Run(string output)
    {
        using Runspace runspace = RunspaceFactory.CreateRunspace(new SilentHost(), InitialSessionState.CreateDefault2());
        double open = Time(runspace.Open);
        // The engine's own first pipeline is not the module's.
        double empty = Time(() => Invoke(runspace, "$null = Get-Module | ForEach-Object Name"));
        double import = Time(() => Invoke(runspace, $"Import-Module '{Manifest}'"));
        double first = Time(() => Invoke(runspace, "$null = Get-BgpSpeaker"));
        Invoke(runspace, $"$null = Start-BgpSpeaker bench 65001 -LocalIPAddress 127.0.0.1 -Port 0 -Passive; foreach ($i in 1..{Sessions}) {{ $null = New-BgpPeer -Speaker bench -PeerIPAddress \"127.1.$($i -shr 8).$($i -band 255)\" -PeerASN 65002 }}");
        double table = Time(() => Invoke(runspace, "Get-BgpSession -Speaker bench | Out-Default"));
        double tableAgain = Time(() => Invoke(runspace, "Get-BgpSession -Speaker bench | Out-Default"));
        Invoke(runspace, "Stop-BgpSpeaker bench");
        File.WriteAllLines(output, new[] { open, empty, import, first, table, tableAgain }.Select(time => time.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static double Time(Action action)
    {
        long from = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static void Invoke(Runspace runspace, string script)
    {
        using Pipeline shell = Pipeline.Create(runspace);
        shell.AddScript(script).Invoke();
        if (shell.HadErrors) throw new BenchException($"{script}: {shell.Streams.Error[0]}");
    }
}
