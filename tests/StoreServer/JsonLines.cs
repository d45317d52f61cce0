using System.Net.Sockets;
using System.Text.Json;

namespace BgpLoadBalancer.StoreServer;

/// <summary>A connection on which each line is a value in JSON.</summary>
internal sealed class JsonLines(Socket socket) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private StreamReader? _reader;

    /// <returns>Null when the other side has closed.</returns>
    public async Task<T?> ReadAsync<T>(CancellationToken cancellationToken)
        where T : class
    {
        _reader ??= new(_stream);
        return await _reader.ReadLineAsync(cancellationToken) is { } line ? JsonSerializer.Deserialize<T>(line, StoreJson.Options) : null;
    }

    public async Task WriteAsync<T>(T value, CancellationToken cancellationToken) =>
        await _stream.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(value, StoreJson.Options), (byte)'\n'], cancellationToken);

    public void Dispose()
    {
        _reader?.Dispose();
        _stream.Dispose();
    }
}
