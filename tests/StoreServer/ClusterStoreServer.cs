using System.Net.Sockets;
using System.Text.Json;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreServer;

/// <summary>
/// For tests only: lets several processes share one store over a Unix socket, which reaches into every network namespace. A client is
/// trusted, each call has a connection of its own, and the store goes away for a while by <see cref="PauseAsync"/> or <see cref="Silence"/>.
/// </summary>
public sealed class ClusterStoreServer : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly IClusterStore _store;
    private readonly string _path;
    private Serving? _serving;

    /// <summary>Serves from now on.</summary>
    /// <param name="path">Of the socket, at most 107 octets long; a file of that name must not be there.</param>
    public ClusterStoreServer(IClusterStore store, string path)
    {
        _store = store;
        _path = path;
        Resume();
    }

    /// <summary>Goes away: drops all connections and refuses new ones until <see cref="Resume"/>. The store keeps what it has.</summary>
    public async Task PauseAsync()
    {
        if (Interlocked.Exchange(ref _serving, null) is { } serving) await serving.DisposeAsync();
    }

    /// <summary>
    /// Falls silent, as behind a network that loses all: connections stay and are still taken, and nothing is done or answered until <see cref="Resume"/>.
    /// Calls are done and answered then; one that its caller gave up meanwhile may be done all the same, as when packets are late.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not serving.</exception>
    public void Silence()
    {
        if (_serving is not { IsSilent: false } serving) throw new InvalidOperationException("The store is away already.");
        serving.FallSilent();
    }

    /// <summary>Serves again.</summary>
    /// <exception cref="InvalidOperationException">It is serving.</exception>
    public void Resume()
    {
        if (_serving is null) _serving = new(_store, _path);
        else if (_serving.IsSilent) _serving.Speak();
        else throw new InvalidOperationException("The store is being served already.");
    }

    public async ValueTask DisposeAsync() => await PauseAsync();

    /// <summary>The time between two pauses.</summary>
    private sealed class Serving : IAsyncDisposable
    {
        private readonly IClusterStore _store;
        private readonly string _path;
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly CancellationTokenSource _stop = new();
        private readonly HashSet<Task> _connections = [];
        private readonly Task _accepting;
        private volatile TaskCompletionSource _speaking = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Serving(IClusterStore store, string path)
        {
            _store = store;
            _path = path;
            _speaking.SetResult();
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            _listener.Listen(Backlog);
            _accepting = AcceptAsync();
        }

        public bool IsSilent => !_speaking.Task.IsCompleted;

        public void FallSilent() => _speaking = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Speak() => _speaking.SetResult();

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _accepting;
            _listener.Dispose();
            File.Delete(_path);
            await Task.WhenAll(_connections);
            _stop.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    Socket socket = await _listener.AcceptAsync(_stop.Token);
                    _connections.RemoveWhere(connection => connection.IsCompletedSuccessfully);
                    _connections.Add(Task.Run(() => ServeAsync(socket)));
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Stopped, as it was told.
            }
        }

        private async Task ServeAsync(Socket socket)
        {
            using JsonLines lines = new(socket);
            using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            try
            {
                if (await lines.ReadAsync<StoreRequest>(gone.Token) is not { } request) return;
                Task leaving = CancelWhenClosedAsync(lines, gone);
                try
                {
                    await AnswerAsync(lines, request, gone.Token);
                }
                finally
                {
                    await gone.CancelAsync();
                    await leaving;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client has gone, or the server is to: either way nobody waits for an answer.
            }
        }

        private async Task AnswerAsync(JsonLines lines, StoreRequest request, CancellationToken cancellationToken)
        {
            await _speaking.Task.WaitAsync(cancellationToken);
            try
            {
                if (request.Call != StoreCall.Watch)
                {
                    await SayAsync(lines, await CallAsync(request, cancellationToken), cancellationToken);
                    return;
                }

                await foreach (StoreReply change in ServedKind.Of(request.Kind).WatchAsync(_store, request, cancellationToken)) await SayAsync(lines, change, cancellationToken);
            }
            catch (ClusterStoreException refusal)
            {
                await SayAsync(lines, new(Error: refusal.Error, Message: refusal.Message), cancellationToken);
            }
            catch (JsonException exception)
            {
                await SayAsync(lines, new(Error: StoreError.Invalid, Message: exception.Message), cancellationToken);
            }
        }

        private async Task<StoreReply> CallAsync(StoreRequest request, CancellationToken cancellationToken) => request.Call == StoreCall.ClusterUid
            ? new(StoreJson.ToElement(await _store.GetClusterUidAsync(cancellationToken)))
            : await ServedKind.Of(request.Kind).CallAsync(_store, request, cancellationToken);

        private async Task SayAsync(JsonLines lines, StoreReply reply, CancellationToken cancellationToken)
        {
            await _speaking.Task.WaitAsync(cancellationToken);
            await lines.WriteAsync(reply, cancellationToken);
        }

        private static async Task CancelWhenClosedAsync(JsonLines lines, CancellationTokenSource gone)
        {
            try
            {
                // A client sends nothing more, so this ends when it closes.
                await lines.ReadAsync<StoreRequest>(gone.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // Closed too.
            }

            await gone.CancelAsync();
        }
    }
}
