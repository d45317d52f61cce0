using System.Globalization;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>What a process occupies, as the kernel counts it. Megabytes are 10^6 octets.</summary>
/// <param name="Resident">Now (VmRSS).</param>
/// <param name="Peak">The most since it started (VmHWM).</param>
internal readonly record struct ProcessMemory(double Resident, double Peak)
{
    public static ProcessMemory Read(int processId)
    {
        string[] lines = File.ReadAllLines($"/proc/{processId}/status");
        return new(Megabytes(lines, "VmRSS:"), Megabytes(lines, "VmHWM:"));
    }

    private static double Megabytes(string[] lines, string field)
    {
        string line = Array.Find(lines, line => line.StartsWith(field, StringComparison.Ordinal)) ?? throw new BenchException($"The kernel gives no {field}");
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
