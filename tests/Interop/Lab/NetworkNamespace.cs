using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>A host of the lab: a network namespace with its loopback up.</summary>
internal sealed class NetworkNamespace
{
    public const string Folder = "/run/netns";

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    public static async Task<NetworkNamespace> CreateAsync(string name)
    {
        await Command.RunAsync("ip", "netns", "add", name);
        NetworkNamespace created = new(name);
        await created.IpAsync("link set lo up");
        return created;
    }

    public static async Task DeleteAsync(string name) => await Command.RunAsync("ip", "netns", "delete", name);

    /// <summary>Runs `ip` in here; the arguments are separated by blanks.</summary>
    public Task<string> IpAsync(string arguments) => Command.RunAsync("ip", ["-n", Name, .. arguments.Split(' ')]);

    /// <summary>Runs any program in here.</summary>
    public Task<string> RunAsync(string program, params string[] arguments) =>
        Command.RunAsync("ip", ["netns", "exec", Name, Command.Find(program) ?? program, .. arguments]);

    /// <summary>Sets a value below /proc/sys/net.</summary>
    public Task SetAsync(string name, int value) =>
        RunAsync("sh", "-c", $"echo {value} > /proc/sys/net/{name}");

    public Task AddAddressAsync(string link, string address) =>
        IpAsync($"address add {address} dev {link}{(address.Contains(':', StringComparison.Ordinal) ? " nodad" : "")}");

    /// <summary>The next hops that the kernel has for a destination, in order; empty when it has no such route.</summary>
    public async Task<IReadOnlyList<IPAddress>> GetKernelNextHopsAsync(string destination)
    {
        string family = destination.Contains(':', StringComparison.Ordinal) ? "-6" : "-4";
        using JsonDocument routes = JsonDocument.Parse(await IpAsync($"{family} -j route show"));
        string host = destination.Split('/')[0];
        return
        [
            .. routes.RootElement.EnumerateArray()
                .Where(route => route.GetProperty("dst").GetString() is { } found && (found == destination || found == host))
                .SelectMany(route => route.TryGetProperty("nexthops", out JsonElement hops) ? [.. hops.EnumerateArray()] : new[] { route })
                .Where(hop => hop.TryGetProperty("gateway", out _))
                .Select(hop => IPAddress.Parse(hop.GetProperty("gateway").GetString()!))
                .Order(AddressOrder.Instance),
        ];
    }

    /// <summary>A TCP socket of this namespace: it stays here wherever it is used.</summary>
    public Socket CreateSocket(AddressFamily family)
    {
        Socket? socket = null;
        Exception? failure = null;
        // A thread of its own, which ends inside: no other work can find itself in the wrong namespace.
        Thread thread = new(() =>
        {
            try
            {
                using SafeFileHandle file = File.OpenHandle(Path.Combine(Folder, Name));
                SystemCalls.EnterNetworkNamespace(file);
                socket = new(family, SocketType.Stream, ProtocolType.Tcp);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new IOException($"No socket in the namespace {Name}.", failure);
    }
}
