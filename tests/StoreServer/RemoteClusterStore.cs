using System.Collections.Immutable;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreServer;

/// <summary>
/// For tests only: the store behind the socket of a <see cref="ClusterStoreServer"/>. A call connects anew, so it works again as soon as the server does;
/// while that is away, calls and watches end with <see cref="StoreError.Unavailable"/>.
/// </summary>
/// <param name="path">Of the server's socket.</param>
public sealed class RemoteClusterStore(string path) : IClusterStore
{
    public async Task<string> GetClusterUidAsync(CancellationToken cancellationToken) =>
        StoreJson.FromElement<string>((await CallAsync(new(StoreCall.ClusterUid), cancellationToken)).Value);

    public async Task<ResourceList<T>> ListAsync<T>(string? resourceNamespace, CancellationToken cancellationToken)
        where T : Resource
    {
        StoreReply reply = await CallAsync(Request<T>(StoreCall.List) with { Namespace = resourceNamespace }, cancellationToken);
        return new(StoreJson.FromElement<ImmutableArray<T>>(reply.Value), reply.Version!);
    }

    public async Task<T?> GetAsync<T>(string resourceNamespace, string name, CancellationToken cancellationToken)
        where T : Resource
    {
        StoreReply reply = await CallAsync(Request<T>(StoreCall.Get) with { Namespace = resourceNamespace, Name = name }, cancellationToken);
        return reply.Value is null ? null : StoreJson.FromElement<T>(reply.Value);
    }

    public async IAsyncEnumerable<ResourceChange<T>> WatchAsync<T>(string? resourceNamespace, string afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : Resource
    {
        using JsonLines lines = await SendAsync(Request<T>(StoreCall.Watch) with { Namespace = resourceNamespace, Version = afterVersion }, cancellationToken);
        while (true)
        {
            StoreReply reply = await ReceiveAsync(lines, cancellationToken);
            yield return new((ResourceChangeKind)reply.Change!, StoreJson.FromElement<T>(reply.Value));
        }
    }

    public Task<T> CreateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => WriteAsync(StoreCall.Create, resource, cancellationToken);

    public Task<T> UpdateAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => WriteAsync(StoreCall.Update, resource, cancellationToken);

    public Task<T> UpdateStatusAsync<T>(T resource, CancellationToken cancellationToken)
        where T : Resource => WriteAsync(StoreCall.UpdateStatus, resource, cancellationToken);

    public async Task<bool> DeleteAsync<T>(string resourceNamespace, string name, string? resourceVersion, CancellationToken cancellationToken)
        where T : Resource
    {
        StoreReply reply = await CallAsync(Request<T>(StoreCall.Delete) with { Namespace = resourceNamespace, Name = name, Version = resourceVersion }, cancellationToken);
        return StoreJson.FromElement<bool>(reply.Value);
    }

    private static StoreRequest Request<T>(StoreCall call) => new(call, StoredKind.Of(typeof(T)).Name);

    private async Task<T> WriteAsync<T>(StoreCall call, T resource, CancellationToken cancellationToken)
        where T : Resource =>
        StoreJson.FromElement<T>((await CallAsync(Request<T>(call) with { Resource = StoreJson.ToElement(resource) }, cancellationToken)).Value);

    private async Task<StoreReply> CallAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        using JsonLines lines = await SendAsync(request, cancellationToken);
        return await ReceiveAsync(lines, cancellationToken);
    }

    private async Task<JsonLines> SendAsync(StoreRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            JsonLines lines = new(socket);
            await lines.WriteAsync(request, cancellationToken);
            return lines;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is SocketException or IOException) throw Unavailable(exception);
            throw;
        }
    }

    private async Task<StoreReply> ReceiveAsync(JsonLines lines, CancellationToken cancellationToken)
    {
        StoreReply? reply;
        try
        {
            reply = await lines.ReadAsync<StoreReply>(cancellationToken);
        }
        catch (IOException exception)
        {
            throw Unavailable(exception);
        }

        if (reply is null) throw Unavailable(null);
        return reply.Error is { } error ? throw new ClusterStoreException(error, reply.Message ?? "") : reply;
    }

    private ClusterStoreException Unavailable(Exception? cause) => new(StoreError.Unavailable, $"The store at {path} does not answer.", cause);
}
