using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>BIRD as the host has it.</summary>
internal sealed class BirdContender : IContender
{
    private readonly string _executable;
    private readonly DirectoryInfo _folder;
    private int _runs;

    private BirdContender(string executable, DirectoryInfo folder)
    {
        _executable = executable;
        _folder = folder;
        Name = Version(executable);
    }

    /// <summary>With the version, such as <c>BIRD 2.0.12</c>.</summary>
    public string Name { get; }

    /// <returns>Null when this host has no BIRD.</returns>
    public static BirdContender? Find(DirectoryInfo folder)
    {
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin");
        return folders.Select(path => Path.Combine(path, "bird")).FirstOrDefault(File.Exists) is { } executable ? new(executable, folder) : null;
    }

    public Func<ISender> Prepare(Workload workload, IPEndPoint receiver)
    {
        string folder = _folder.CreateSubdirectory($"bird{++_runs}").FullName;
        string configuration = BirdConfiguration.Write(folder, workload, receiver, FreePort());
        return () => new BirdSender(_executable, folder, configuration);
    }

    private static string Version(string executable)
    {
        using Process process = Process.Start(new ProcessStartInfo(executable, ["--version"]) { RedirectStandardError = true, RedirectStandardOutput = true })
            ?? throw new BenchException($"{executable} could not be started.");
        string text = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Trim().Replace("BIRD version", "BIRD", StringComparison.Ordinal);
    }

    // BIRD always listens, and 179 needs privileges.
    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(BirdConfiguration.Address), 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
