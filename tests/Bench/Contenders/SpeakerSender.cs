using BgpLoadBalancer.Bench.Speaker;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>The child process that hosts our speaker.</summary>
internal sealed class SpeakerSender : ISender
{
    private readonly ChildProcess _process;

    public SpeakerSender(string executable, IEnumerable<string> arguments)
    {
        _process = new(executable, arguments);
        _process.Input.AutoFlush = true;
    }

    public int ProcessId => _process.Id;

    public void Inject() => _process.Input.WriteLine(SpeakerHost.Inject);

    public void Withdraw() => _process.Input.WriteLine(SpeakerHost.Withdraw);

    public void Change(bool announce) => _process.Input.WriteLine(announce ? SpeakerHost.Announce : SpeakerHost.Retract);

    public void Dispose()
    {
        // The end of its input tells it to stop.
        _process.Input.Close();
        _process.Dispose();
    }
}
