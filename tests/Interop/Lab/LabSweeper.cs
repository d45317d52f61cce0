using System.Globalization;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>Removes what crashed runs of the lab left: processes in their namespaces, the namespaces, their folders.</summary>
internal static class LabSweeper
{
    private static readonly Lazy<Task> Once = new(SweepAsync);

    public static Task SweepOnceAsync() => Once.Value;

    private static async Task SweepAsync()
    {
        foreach (string name in Orphans(NetworkNamespace.Folder, Directory.EnumerateFiles))
        {
            foreach (string id in (await Command.RunAsync("ip", "netns", "pids", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                SystemCalls.Signal(int.Parse(id, CultureInfo.InvariantCulture), SystemCalls.SigKill);
            }

            await NetworkNamespace.DeleteAsync(name);
        }

        foreach (string name in Orphans(Path.GetTempPath(), Directory.EnumerateDirectories)) Directory.Delete(Path.Combine(Path.GetTempPath(), name), recursive: true);
    }

    private static string[] Orphans(string folder, Func<string, IEnumerable<string>> list) =>
        Directory.Exists(folder) ? [.. list(folder).Select(path => Path.GetFileName(path)).Where(LabName.IsOrphan)] : [];
}
