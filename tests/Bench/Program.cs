using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using BgpLoadBalancer.Bench;
using BgpLoadBalancer.Bench.Contenders;
using BgpLoadBalancer.Bench.Module;
using BgpLoadBalancer.Bench.Speaker;

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

Option<string> filter = new("--filter") { Description = "Only the rows whose name contains this text.", DefaultValueFactory = _ => "" };
Option<int?> pairs = new("--pairs") { Description = "How often each side runs a scenario (default: 5 to 9, by scenario)." };
Option<bool> quick = new("--quick") { Description = "One run of each and rough micro benchmarks: a smoke test, not a measurement." };
Option<string> output = new("--output") { Description = "The Markdown file to write.", DefaultValueFactory = _ => BenchRun.DefaultOutput() };
RootCommand root = new("The speaker's speed, beside BIRD's on the same machine in the same minutes.") { filter, pairs, quick, output };
root.SetAction(result => BenchRun.Execute(
    result.GetValue(filter)!,
    result.GetValue(quick) ? 1 : result.GetValue(pairs),
    result.GetValue(quick),
    result.GetValue(output)!));

Argument<string> receiver = new("receiver");
Argument<int> prefixes = new("prefixes");
Argument<int> nextHops = new("next-hops");
Command speaker = new(SpeakerContender.Command, "Hosts our speaker for a run.") { receiver, prefixes, nextHops };
speaker.Hidden = true;
speaker.SetAction(result => SpeakerHost.RunAsync(
    new Workload(result.GetValue(prefixes), result.GetValue(nextHops)),
    IPEndPoint.Parse(result.GetValue(receiver)!)));
root.Subcommands.Add(speaker);

Argument<string> times = new("times");
Command module = new(ModuleHost.Command, "Hosts an engine with the module for a run.") { times };
module.Hidden = true;
module.SetAction(result => ModuleHost.Run(result.GetValue(times)!));
root.Subcommands.Add(module);

return root.Parse(args).Invoke();

static void End(PosixSignalContext context)
{
    ChildProcess.KillAll();
    Environment.Exit(128 + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
}
