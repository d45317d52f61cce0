using System.Diagnostics;
using System.Runtime.InteropServices;
using BgpLoadBalancer.Quickstart;

// A router and two nodes on loopback; nothing but this folder's program, bin/bgpadvertiser and .NET is needed.
// Ends with 0 when all was as it should be, 1 when something was not, 2 when it could not start.
using CancellationTokenSource ending = new(TimeSpan.FromSeconds(50));
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
bool interrupted = false;
Stopwatch watch = Stopwatch.StartNew();
try
{
    await new Scenario(BgpAdvertiser.Find(args), Console.Out).RunAsync(ending.Token);
    Console.WriteLine($"All was as it should be ({watch.Elapsed.TotalSeconds:0.0} s).");
    return 0;
}
catch (NotAsExpectedException exception)
{
    Console.Error.WriteLine($"Not as it should be: {exception.Message}");
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine(interrupted ? "Interrupted; everything is stopped." : "Not as it should be: it took longer than 50 s.");
    return 1;
}
catch (FileNotFoundException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

void End(PosixSignalContext context)
{
    context.Cancel = true;
    interrupted = true;
    ending.Cancel();
}
