using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Speakers;

/// <summary>A PowerShell engine with the staged module on a host of the lab, which runs one command.</summary>
internal static class PowerShellSession
{
    private static readonly string s_module = Path.Combine(AppContext.BaseDirectory, "module", "BgpLoadBalancer.psd1");
    private static int s_scripts;

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its output objects, each as the texts of its properties.</returns>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> RunAsync(RouterLab lab, NetworkNamespace host, string command)
    {
        LabProcess process = Start(lab, host, command);
        int code = await process.WaitForExitAsync(TimeSpan.FromSeconds(60));
        string log = process.ReadLog();
        Assert.True(code == 0, $"{command}\nended with {code}: {log}\n{RouterLog(lab)}");
        return Parse(log);
    }

    /// <summary>Starts a command that the test will interrupt.</summary>
    public static LabProcess Start(RouterLab lab, NetworkNamespace host, string command)
    {
        string script = Path.Combine(lab.Lab.Folder, $"script{Interlocked.Increment(ref s_scripts)}.ps1");
        File.WriteAllText(script, $$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{s_module}}'
            $Host.UI.WriteLine('ready')
            {{command}} | ForEach-Object {
                $Host.UI.WriteLine('object')
                foreach ($property in $_.psobject.Properties) { $Host.UI.WriteLine("$($property.Name)=$($property.Value)") }
            }
            """);
        return lab.Lab.Start(host, Path.GetFileName(script) + ".log", BuildOutput.ScriptHost, script);
    }

    private static List<Dictionary<string, string>> Parse(string log)
    {
        List<Dictionary<string, string>> objects = [];
        foreach (string line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line == "object") objects.Add(new(StringComparer.Ordinal));
            else if (objects.Count > 0 && line.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals) objects[^1][line[..equals]] = line[(equals + 1)..];
        }

        return objects;
    }

    private static string RouterLog(RouterLab lab) => lab.HasRouter ? lab.Router.ReadLogs() : "";
}
