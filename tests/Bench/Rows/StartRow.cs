using System.Diagnostics;
using System.Globalization;
using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bench.Receiver;
using BgpLoadBalancer.Bench.Speaker;

namespace BgpLoadBalancer.Bench.Rows;

/// <summary>How soon after its start bgpadvertiser knocks at its peer, in the forms in which it has been built.</summary>
/// <param name="Milliseconds">The median.</param>
internal sealed record StartRow(string Name, double Milliseconds, Goal? Goal)
{
    public const string Title = "process start → first SYN of bgpadvertiser";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    /// <param name="repository">Where the executables were built.</param>
    /// <param name="folder">For its configuration.</param>
    public static IReadOnlyList<StartRow> Measure(DirectoryInfo repository, DirectoryInfo folder, int runs)
    {
        List<StartRow> rows = [];
        DirectoryInfo release = new(Path.Combine(repository.FullName, "artifacts", "release"));
        FileInfo[] native = release.Exists ? release.GetFiles("bgpadvertiser", SearchOption.AllDirectories) : [];
        if (native.Length > 0) rows.Add(new("Native AOT", Median(native[0], folder, runs), new Goal.AtMost(30, "ms")));
        FileInfo hosted = new(Path.Combine(repository.FullName, "bin", "bgpadvertiser"));
        if (hosted.Exists) rows.Add(new("framework-dependent", Median(hosted, folder, runs), null));
        return rows;
    }

    private static double Median(FileInfo executable, DirectoryInfo folder, int runs)
    {
        double[] times = [.. Enumerable.Range(0, runs).Select(_ => Once(executable, folder)).Order()];
        return times[times.Length / 2];
    }

    private static double Once(FileInfo executable, DirectoryInfo folder)
    {
        using BgpReceiver receiver = new(addPath: false);
        string configuration = Path.Combine(folder.FullName, "bgpadvertiser.yaml");
        File.WriteAllText(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            localIP: {SpeakerHost.Address}
            localASN: 65001
            peers:
            - peerIP: {receiver.EndPoint.Address}
              peerPort: {receiver.EndPoint.Port}
              peerASN: {BgpReceiver.Asn}

            """));
        long started = Stopwatch.GetTimestamp();
        using ChildProcess process = new(executable.FullName, ["--config", configuration, "--advertise-ip", "192.0.2.1", "--health-address", "127.0.0.1:0"], showOutput: false);
        try
        {
            return receiver.Accepted.Wait(s_timeout)
                ? Stopwatch.GetElapsedTime(started, receiver.Accepted.Result).TotalMilliseconds
                : throw new BenchException($"{executable.FullName} has not connected within {s_timeout.TotalSeconds} s.");
        }
        finally
        {
            process.Kill();
        }
    }
}
