using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BgpLoadBalancer.Bench.Receiver;

/// <summary>
/// The neutral end of every measurement: accepts one session on loopback and counts what comes. One thread, blocking reads, the
/// same for every sender.
/// </summary>
internal sealed class BgpReceiver : IDisposable
{
    public const uint Asn = 65_002;
    private const int HeaderLength = 19;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread _thread;
    private readonly bool _addPath;
    private readonly TaskCompletionSource<long> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Socket? _connection;
    private UpdateTally _tally;
    private Arrival? _arrival;
    private Exception? _failure;
    private bool _disposed;

    public BgpReceiver(bool addPath)
    {
        _addPath = addPath;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1);
        EndPoint = (IPEndPoint)_listener.LocalEndPoint!;
        _thread = new Thread(Run) { IsBackground = true, Name = "receiver" };
        _thread.Start();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The timestamp at which the connection was accepted, which on loopback is that of the SYN.</summary>
    public Task<long> Accepted => _accepted.Task;

    /// <summary>Completes at the sender's first KEEPALIVE, its answer to our OPEN.</summary>
    public Task Established => _established.Task;

    public UpdateTally Tally
    {
        get
        {
            lock (_gate) return _tally;
        }
    }

    /// <summary>Starts to wait for so many prefixes more than have come until now.</summary>
    public Arrival Expect(long announced, long withdrawn)
    {
        lock (_gate)
        {
            Arrival arrival = new(_tally.Announced + announced, _tally.Withdrawn + withdrawn);
            if (_failure is { } failure) arrival.Fail(failure);
            _arrival = arrival;
            return arrival;
        }
    }

    public void Dispose()
    {
        lock (_gate) _disposed = true;
        // Closing a socket is how a blocking accept or read is ended.
        _listener.Dispose();
        _connection?.Dispose();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            _connection = _listener.Accept();
            _accepted.SetResult(Stopwatch.GetTimestamp());
            _connection.NoDelay = true;
            _connection.Send(OpenMessage.Create(Asn, 0x7F000001, _addPath));
            Receive(_connection);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidDataException or ArgumentOutOfRangeException)
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _failure = exception;
            _arrival?.Fail(exception);
            // Nobody waits any more after Dispose; an unobserved exception would only be noise then.
            if (_disposed) return;
        }

        _accepted.TrySetException(exception);
        _established.TrySetException(exception);
    }

    private void Receive(Socket connection)
    {
        byte[] buffer = new byte[1 << 18];
        int filled = 0;
        while (true)
        {
            int read = connection.Receive(buffer.AsSpan(filled));
            if (read == 0) throw new InvalidDataException("The sender closed the connection without a NOTIFICATION.");
            filled += read;
            int used = TakeMessages(connection, buffer.AsSpan(0, filled));
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
        }
    }

    private int TakeMessages(Socket connection, ReadOnlySpan<byte> bytes)
    {
        int used = 0;
        lock (_gate)
        {
            while (bytes.Length - used >= HeaderLength)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(used + 16)..]);
                if (length is < HeaderLength or > UpdateTally.MaxMessageLength) throw new InvalidDataException($"A message of {length} octets.");
                if (bytes.Length - used < length) break;
                Take(connection, bytes[used + 18], bytes.Slice(used + HeaderLength, length - HeaderLength));
                used += length;
            }
        }

        return used;
    }

    private void Take(Socket connection, byte type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case 1:
                connection.Send(OpenMessage.Keepalive);
                break;
            case 2:
                _tally.Add(body, _addPath);
                if (_arrival?.Update(_tally) == true) _arrival = null;
                break;
            case 3:
                throw new InvalidDataException($"The sender ended the session with NOTIFICATION {body[0]}/{body[1]}.");
            case 4:
                // The first is the answer to our OPEN and has had its KEEPALIVE; a later one is answered to feed the hold timer.
                if (!_established.TrySetResult()) connection.Send(OpenMessage.Keepalive);
                break;
            default:
                throw new InvalidDataException($"A message of type {type}, which was not negotiated.");
        }
    }
}
