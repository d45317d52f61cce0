using System.Globalization;
using System.Runtime.InteropServices;
using BgpLoadBalancer.AgentHost;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Node;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.Arp;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.StoreServer;

// A node agent as a process of its own, over a store that a test serves on a Unix socket: SOCKET NAMESPACE NODE [setting=seconds ...].
// SIGTERM ends it in order, SIGUSR2 is the planned restart. For tests only.
NodeAgentSettings settings = AgentArguments.Read(args);
using CancellationTokenSource stop = new();
LinuxFloatingIPHost host = new(null, ArpTimings.Failover, new Random(), TimeProvider.System, happened => Log($"{happened.Address} {happened.Message} {happened.Error}"));
await using NodeAgent agent = new(new RemoteClusterStore(args[0]), args[1], settings, new(host, new LinuxNodeNetwork()), TimeProvider.System, new Random(), happened => Log(happened.ToString()));
using PosixSignalRegistration terminate = On(PosixSignal.SIGTERM, stop.Cancel);
using PosixSignalRegistration restart = On((PosixSignal)12, agent.RequestPlannedRestart);
Log("started");
await agent.RunAsync(stop.Token).ConfigureAwait(false);
Log("ended");

static PosixSignalRegistration On(PosixSignal signal, Action action) => PosixSignalRegistration.Create(signal, context =>
{
    context.Cancel = true;
    action();
});

static void Log(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff} {text}"));
