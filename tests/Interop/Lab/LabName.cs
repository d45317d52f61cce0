using System.Globalization;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>
/// Names of what a lab makes, with the process that it belongs to, so that a later run can tell what a crashed one left behind. The
/// start time guards against a process identifier that is used again.
/// </summary>
internal static class LabName
{
    public const string Prefix = "bgplab-";

    private static int _last;

    private static readonly string Owner = $"{Prefix}{Environment.ProcessId}-{StartTime(Environment.ProcessId)}-";

    public static string Next() => Owner + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    /// <summary>True for a name that a process made which is no more.</summary>
    public static bool IsOrphan(string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        string[] parts = name[Prefix.Length..].Split('-');
        return parts.Length >= 3 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int id) && StartTime(id) != parts[1];
    }

    // proc(5): field 22 of stat, counted from behind the command's closing parenthesis, which ends field 2.
    private static string? StartTime(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
