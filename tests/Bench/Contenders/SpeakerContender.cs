using System.Globalization;
using System.Net;

namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>This project's speaker: the bench's own executable once more, with the hidden command.</summary>
internal sealed class SpeakerContender : IContender
{
    public const string Command = "speaker";

    public string Name => "BgpLoadBalancer";

    public Func<ISender> Prepare(Workload workload, IPEndPoint receiver)
    {
        string executable = Environment.ProcessPath ?? throw new BenchException("The path of this executable is not known.");
        List<string> arguments =
        [
            Command,
            receiver.ToString(),
            workload.Prefixes.ToString(CultureInfo.InvariantCulture),
            workload.NextHops.ToString(CultureInfo.InvariantCulture),
        ];
        // Started as "dotnet BgpLoadBalancer.Bench.dll", the process is the host and the assembly its first argument.
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet") arguments.Insert(0, Environment.GetCommandLineArgs()[0]);
        return () => new SpeakerSender(executable, arguments);
    }
}
