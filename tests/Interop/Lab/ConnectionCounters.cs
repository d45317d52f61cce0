using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>Listens on one address on each of several hosts, counts the connections of each and closes them.</summary>
internal sealed class ConnectionCounters : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly int[] _counts;
    private readonly List<Socket> _listeners = [];
    private readonly List<Task> _loops = [];

    private ConnectionCounters(int hosts) => _counts = new int[hosts];

    public static ConnectionCounters Start(IReadOnlyList<NetworkNamespace> hosts, IPAddress address, int port)
    {
        ConnectionCounters counters = new(hosts.Count);
        for (int i = 0; i < hosts.Count; i++)
        {
            Socket listener = hosts[i].CreateSocket(address.AddressFamily);
            listener.Bind(new IPEndPoint(address, port));
            listener.Listen(512);
            counters._listeners.Add(listener);
            counters._loops.Add(counters.CountAsync(listener, i));
        }

        return counters;
    }

    /// <summary>The counts since the last call, in the order of the hosts.</summary>
    public int[] Take() => [.. Enumerable.Range(0, _counts.Length).Select(i => Interlocked.Exchange(ref _counts[i], 0))];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        foreach (Socket listener in _listeners) listener.Dispose();
        _stop.Dispose();
    }

    private async Task CountAsync(Socket listener, int host)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using Socket accepted = await listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _counts[host]);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
