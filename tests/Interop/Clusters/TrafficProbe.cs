using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>A client that connects to a virtual IP all the time, each time with a port of its own, so that every next hop has its turn.</summary>
internal sealed class TrafficProbe : IDisposable
{
    // TCP sends again after one second: whoever takes longer than this has lost a packet.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly NetworkNamespace _client;
    private readonly IPEndPoint _vip;
    private readonly List<(long Started, Socket Socket)> _open = [];
    private readonly List<Attempt> _attempts = [];
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private TaskCompletionSource<long> _turn = NewTurn();
    private volatile bool _stop;

    private TrafficProbe(NetworkNamespace client, IPEndPoint vip)
    {
        _client = client;
        _vip = vip;
        // Not on the thread pool: a busy test process must not look like a router that loses packets.
        _thread = new(Run) { IsBackground = true, Name = $"traffic to {vip}" };
        _thread.Start();
    }

    public static TrafficProbe Start(NetworkNamespace client, IPEndPoint vip) => new(client, vip);

    /// <summary>What has become of all attempts that were begun since the last call; waits for those that are on their way.</summary>
    public async Task<TrafficSummary> TakeAsync()
    {
        long until = Stopwatch.GetTimestamp();
        Task<long> turn;
        do
        {
            lock (_lock) turn = _turn.Task;
        }
        while (await turn <= until);
        lock (_lock)
        {
            TrafficSummary summary = TrafficSummary.Of([.. _attempts.Where(attempt => attempt.Started <= until).OrderBy(attempt => attempt.Started)]);
            _attempts.RemoveAll(attempt => attempt.Started <= until);
            return summary;
        }
    }

    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        foreach ((_, Socket socket) in _open) socket.Dispose();
    }

    private static TaskCompletionSource<long> NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run()
    {
        while (!_stop)
        {
            Begin();
            Thread.Sleep(Pause);
            SettleOpen();
            long settled = _open.Count == 0 ? Stopwatch.GetTimestamp() : _open[0].Started;
            lock (_lock)
            {
                _turn.SetResult(settled);
                _turn = NewTurn();
            }
        }
    }

    private void Begin()
    {
        Socket socket = _client.CreateSocket(AddressFamily.InterNetwork);
        socket.Blocking = false;
        long started = Stopwatch.GetTimestamp();
        _open.Add((started, socket));
        try
        {
            socket.Connect(_vip);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The usual case: the answer comes later.
        }
        catch (SocketException e)
        {
            _open.RemoveAt(_open.Count - 1);
            socket.Dispose();
            Settle(started, e.SocketErrorCode.ToString());
        }
    }

    private void SettleOpen()
    {
        // The time first, then the look: an answer that came while this thread waited for its turn counts.
        long now = Stopwatch.GetTimestamp();
        _open.RemoveAll(attempt =>
        {
            bool answered = attempt.Socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite);
            if (!answered && Stopwatch.GetElapsedTime(attempt.Started, now) < Patience) return false;
            SocketError error = answered ? (SocketError)(int)attempt.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! : SocketError.TimedOut;
            attempt.Socket.Dispose();
            bool moved = error is SocketError.ConnectionReset or SocketError.Shutdown;
            Settle(attempt.Started, moved || error == SocketError.Success ? null : error.ToString(), moved);
            return true;
        });
    }

    private void Settle(long started, string? failure, bool moved = false)
    {
        lock (_lock) _attempts.Add(new(started, failure, moved));
    }
}

/// <param name="Started">In units of <see cref="Stopwatch"/>.</param>
/// <param name="Failure">Null when it succeeded.</param>
/// <param name="Moved">
/// It was answered, and reset by another node: the next hops changed meanwhile, and a router without resilient hashing then moves connections.
/// </param>
internal readonly record struct Attempt(long Started, string? Failure, bool Moved);

/// <param name="LongestGap">Between two successes.</param>
/// <param name="Disturbed">From the first failure to the last.</param>
/// <param name="FirstFailure">For a look into the logs; null without failures.</param>
/// <param name="Reasons">How they failed, each once.</param>
/// <param name="Moved">Of those that succeeded; see <see cref="Attempt.Moved"/>.</param>
internal sealed record TrafficSummary(int Attempts, int Failures, int Moved, TimeSpan LongestGap, TimeSpan Disturbed, DateTime? FirstFailure, string Reasons)
{
    public static TrafficSummary Of(IReadOnlyList<Attempt> attempts)
    {
        Attempt[] bad = [.. attempts.Where(attempt => attempt.Failure is not null)];
        // The ends of the time count too: a gap may reach over one of them.
        long[] marks = [.. attempts.Where((attempt, i) => i == 0 || i == attempts.Count - 1 || attempt.Failure is null).Select(attempt => attempt.Started)];
        TimeSpan longest = marks.Zip(marks.Skip(1), Stopwatch.GetElapsedTime).DefaultIfEmpty().Max();
        int moved = attempts.Count(attempt => attempt.Moved);
        if (bad is []) return new(attempts.Count, 0, moved, longest, TimeSpan.Zero, null, "");
        return new(
            attempts.Count,
            bad.Length,
            moved,
            longest,
            Stopwatch.GetElapsedTime(bad[0].Started, bad[^1].Started),
            DateTime.UtcNow - Stopwatch.GetElapsedTime(bad[0].Started),
            string.Join(", ", bad.Select(attempt => attempt.Failure).Distinct()));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Attempts} requests, {Failures} failed, {Moved} moved, longest gap {LongestGap.TotalSeconds:0.00} s, failures over {Disturbed.TotalSeconds:0.00} s{(FirstFailure is { } first ? $" from {first:HH:mm:ss.fff} ({Reasons})" : "")}");
}
