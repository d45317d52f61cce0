using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Interop.Tests.Speakers;

/// <summary>Where the build leaves the executables.</summary>
internal static class BuildOutput
{
    // tests/Interop/bin/CONFIGURATION/FRAMEWORK/ and src/Advertiser/bin/CONFIGURATION/FRAMEWORK/ end alike.
    private static readonly string Tail = Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", ".."), AppContext.BaseDirectory);

    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    public static string Advertiser { get; } = Path.Combine(Root, "src", "Advertiser", "bin", Tail, "bgpadvertiser");

    /// <summary>A node agent over a store that a test serves.</summary>
    public static string AgentHost { get; } = Path.Combine(Root, "tests", "AgentHost", "bin", Tail, "BgpLoadBalancer.AgentHost");

    /// <summary>Runs a script in the PowerShell engine.</summary>
    public static string ScriptHost { get; } = Path.Combine(Root, "examples", "ScriptHost", "bin", Tail, "BgpLoadBalancer.Quickstart");

    /// <summary>What the release task made, or null.</summary>
    public static string? FindNativeAdvertiser()
    {
        string file = Path.Combine(Root, "artifacts", "release", $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}", "bgpadvertiser");
        return File.Exists(file) ? file : null;
    }
}
