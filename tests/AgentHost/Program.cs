using System.Globalization;
using System.Runtime.InteropServices;
using BgpLoadBalancer.AgentHost;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Node;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.Arp;
using BgpLoadBalancer.Node.ControlPlane;
using BgpLoadBalancer.Node.FloatingIPs;
using BgpLoadBalancer.StoreServer;

// A node agent as a process of its own, over a store that a test serves on a Unix socket: SOCKET NAMESPACE NODE [setting=seconds ...].
// SIGTERM ends it in order, SIGUSR2 is the planned restart. For tests only.
NodeAgentSettings settings = AgentArguments.Read(args);
using CancellationTokenSource stop = new();
LinuxFloatingIPHost host = new(null, ArpTimings.Failover, new Random(), TimeProvider.System, happened => Log($"{happened.Address} {happened.Message} {happened.Error}"));
RemoteClusterStore store = new(args[0]);
NodeAgentHost machine = new(host, new LinuxNodeNetwork());
if (AgentArguments.ReadControlPlane(args) is { } controlPlane) machine = machine with { Parts = [new ControlPlanePart(store, settings, controlPlane, TimeProvider.System, happened => Log(happened.ToString()))] };
await using NodeAgent agent = new(store, args[1], settings, machine, TimeProvider.System, new Random(), happened => Log(happened.ToString()));
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
