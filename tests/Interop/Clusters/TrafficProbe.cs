using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>A client that connects to a virtual IP all the time, each time with a port of its own, so that every next hop has its turn.</summary>
internal sealed class TrafficProbe : IAsyncDisposable
{
    // A node that is there answers in well under a millisecond; a second attempt of TCP comes after one second.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly NetworkNamespace _client;
    private readonly IPEndPoint _vip;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(long Started, bool Succeeded)> _attempts = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    private TrafficProbe(NetworkNamespace client, IPEndPoint vip)
    {
        _client = client;
        _vip = vip;
        _running = Task.Run(RunAsync);
    }

    public static TrafficProbe Start(NetworkNamespace client, IPEndPoint vip) => new(client, vip);

    /// <summary>What has become of all attempts that were begun since the last call; waits for the one that is on its way.</summary>
    public async Task<TrafficSummary> TakeAsync()
    {
        Task ended;
        lock (_lock) ended = _ended.Task;
        await ended;
        lock (_lock)
        {
            TrafficSummary summary = TrafficSummary.Of(_attempts);
            _attempts.Clear();
            return summary;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            long started = Stopwatch.GetTimestamp();
            bool succeeded = await TryConnectAsync();
            lock (_lock)
            {
                _attempts.Add((started, succeeded));
                _ended.SetResult();
                _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<bool> TryConnectAsync()
    {
        using Socket socket = _client.CreateSocket(AddressFamily.InterNetwork);
        using CancellationTokenSource limit = new(Patience);
        try
        {
            await socket.ConnectAsync(_vip, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}

/// <param name="LongestGap">Between two successes.</param>
/// <param name="Disturbed">From the first failure to the last.</param>
/// <param name="FirstFailure">For a look into the logs; null without failures.</param>
internal sealed record TrafficSummary(int Attempts, int Failures, TimeSpan LongestGap, TimeSpan Disturbed, DateTime? FirstFailure)
{
    public static TrafficSummary Of(IReadOnlyList<(long Started, bool Succeeded)> attempts)
    {
        long[] good = [.. attempts.Where(attempt => attempt.Succeeded).Select(attempt => attempt.Started)];
        long[] bad = [.. attempts.Where(attempt => !attempt.Succeeded).Select(attempt => attempt.Started)];
        // The ends of the time count too: a gap may reach over one of them.
        long[] marks = attempts.Count == 0 ? [] : [attempts[0].Started, .. good, attempts[^1].Started];
        TimeSpan longest = marks.Zip(marks.Skip(1), Stopwatch.GetElapsedTime).DefaultIfEmpty().Max();
        return new(attempts.Count, bad.Length, longest, bad.Length == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(bad[0], bad[^1]), bad.Length == 0 ? null : DateTime.UtcNow - Stopwatch.GetElapsedTime(bad[0]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempts} requests, {Failures} failed, longest gap {LongestGap.TotalSeconds:0.00} s, failures over {Disturbed.TotalSeconds:0.00} s{(FirstFailure is { } first ? $" from {first:HH:mm:ss.fff}" : "")}");
}
