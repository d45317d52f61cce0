using System.Net.Sockets;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>BIRD in the foreground with files of its own; the service manager knows nothing of it.</summary>
internal sealed class BirdSender : ISender
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(30);
    private readonly ChildProcess _process;
    private readonly BirdControl _control;

    public BirdSender(string bird, string folder, string configuration)
    {
        string socket = Path.Combine(folder, "bird.ctl");
        _process = new(bird, ["-f", "-c", configuration, "-s", socket, "-P", Path.Combine(folder, "bird.pid")]);
        try
        {
            _control = Connect(socket);
        }
        catch
        {
            _process.Dispose();
            throw;
        }
    }

    public int ProcessId => _process.Id;

    public void Inject() => Command("enable \"" + BirdConfiguration.InjectPattern + "\"");

    public void Withdraw() => Command("disable \"" + BirdConfiguration.InjectPattern + "\"");

    public void Change(bool announce) => Command((announce ? "enable " : "disable ") + BirdConfiguration.Extra);

    public void Dispose()
    {
        _control.Send("down");
        _process.Dispose();
        _control.Dispose();
    }

    private void Command(string command)
    {
        _control.Send(command);
        _control.ReadReply();
    }

    // BIRD opens its control socket once it has read its configuration.
    private BirdControl Connect(string path)
    {
        using CancellationTokenSource timeout = new(s_startTimeout);
        while (!_process.HasExited && !timeout.IsCancellationRequested)
        {
            try
            {
                return new BirdControl(path);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.ConnectionRefused)
            {
                Thread.Sleep(10);
            }
        }

        throw new BenchException(_process.HasExited
            ? "BIRD ended at once; its words are above."
            : $"BIRD opened no control socket within {s_startTimeout.TotalSeconds} s.");
    }
}
