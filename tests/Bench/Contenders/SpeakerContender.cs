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
        (string executable, List<string> arguments) = OwnExecutable();
        arguments.AddRange(
        [
            Command,
            receiver.ToString(),
            workload.Prefixes.ToString(CultureInfo.InvariantCulture),
            workload.NextHops.ToString(CultureInfo.InvariantCulture),
        ]);
        return () => new SpeakerSender(executable, arguments);
    }

    /// <summary>How this executable is started once more.</summary>
    public static (string Executable, List<string> Arguments) OwnExecutable()
    {
        string executable = Environment.ProcessPath ?? throw new BenchException("The path of this executable is not known.");
        // Started as "dotnet BgpLoadBalancer.Bench.dll", the process is the host and the assembly its first argument.
        return (executable, Path.GetFileNameWithoutExtension(executable) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : []);
    }
}
