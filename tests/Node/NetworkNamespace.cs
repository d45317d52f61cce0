using System.Diagnostics;

namespace BgpLoadBalancer.Node.Tests;

/// <summary>
/// A network namespace of the test's own with an interface <c>v0</c> that has 10.0.1.10/24; gone when disposed. Skips the test where
/// none can be made.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    public NetworkNamespace()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Network namespaces are Linux's.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Making a network namespace needs root: run the tests as root.");
        Assert.SkipUnless(File.Exists("/usr/sbin/ip") || File.Exists("/sbin/ip") || File.Exists("/usr/bin/ip"), "The program 'ip' is missing: apt-get install iproute2");
        Name = $"bgplb-node-{Environment.ProcessId}-{Guid.NewGuid():N}"[..32];
        string error = Try("netns", "add", Name);
        Assert.SkipWhen(error.Contains("not permitted", StringComparison.Ordinal), "Making a network namespace needs CAP_SYS_ADMIN, which this container's root has not: run it privileged.");
        Assert.True(error.Length == 0, error);
        Run("link", "set", "lo", "up");
        Run("link", "add", "v0", "type", "veth", "peer", "name", "v1");
        Run("address", "add", "10.0.1.10/24", "dev", "v0");
        Run("link", "set", "v0", "up");
    }

    public string Name { get; }

    /// <summary>Runs <c>ip</c> in the namespace.</summary>
    public void Run(params string[] arguments) => Ip(["-n", Name, .. arguments]);

    /// <summary>What <c>ip</c> prints in the namespace.</summary>
    public string Read(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("ip", ["-n", Name, .. arguments]) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    /// <summary>Sets a value below /proc/sys/net.</summary>
    public void Set(string name, int value) => Ip("netns", "exec", Name, "sh", "-c", $"echo {value} > /proc/sys/net/{name}");

    public void Dispose() => Ip("netns", "del", Name);

    private static void Ip(params string[] arguments) => Assert.Equal("", Try(arguments));

    private static string Try(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"ip {string.Join(' ', arguments)}: {error}";
    }
}
