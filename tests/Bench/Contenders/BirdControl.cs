using System.Net.Sockets;
using System.Text;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>BIRD's control socket, spoken to directly: starting birdc would take longer than what is measured.</summary>
internal sealed class BirdControl : IDisposable
{
    private readonly Socket _socket;
    private readonly StreamReader _reader;

    public BirdControl(string path)
    {
        _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
            _reader = new StreamReader(new NetworkStream(_socket), Encoding.ASCII);
            ReadReply();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command without waiting for the reply.</summary>
    public void Send(string command) => _socket.Send(Encoding.ASCII.GetBytes(command + "\n"));

    /// <summary>Reads up to the end of one reply: a line of four digits and a space.</summary>
    /// <exception cref="BenchException">BIRD answers with an error (8xxx or 9xxx), or has ended.</exception>
    public void ReadReply()
    {
        while (true)
        {
            string line = ReadLine() ?? throw new BenchException("BIRD closed its control socket.");
            if (line.Length < 5 || !char.IsAsciiDigit(line[0]) || line[4] != ' ') continue;
            if (line[0] is '8' or '9') throw new BenchException($"BIRD answers: {line}");
            return;
        }
    }

    private string? ReadLine()
    {
        try
        {
            return _reader.ReadLine();
        }
        catch (IOException exception)
        {
            throw new BenchException("BIRD's control socket was reset.", exception);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }
}
