using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Linux;

namespace BgpLoadBalancer.Node;

/// <summary>The host's addresses by way of iproute2 (<c>ip -j</c>), which every node has.</summary>
/// <param name="networkNamespace">A named network namespace to work in; null is the process's own.</param>
public sealed class LinuxNodeNetwork(string? networkNamespace = null, TimeProvider? timeProvider = null) : INodeNetwork, IHostSubnets
{
    private readonly IpCommand _ip = new(networkNamespace, timeProvider ?? TimeProvider.System);

    public async Task<ImmutableArray<InterfaceAddress>> FindAsync(IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        IpResult result = await _ip.RunAsync(["-j", Family(address), "address", "show", "to", Host(address)], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0
            ? IpAddressOutput.Parse(result.Output, address)
            : throw result.Failure($"look for {address} on the interfaces");
    }

    public async Task SetAsync(IPAddress address, string interfaceName, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        string seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        IpResult result = await _ip.RunAsync(
            [Family(address), "address", "replace", Host(address), "dev", interfaceName, "valid_lft", seconds, "preferred_lft", seconds],
            cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0) throw result.Failure($"put {Host(address)} on {interfaceName}");
    }

    public async Task<bool> RemoveAsync(IPAddress address, string interfaceName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        IpResult result = await _ip.RunAsync([Family(address), "address", "del", Host(address), "dev", interfaceName], cancellationToken).ConfigureAwait(false);
        if (result.ExitCode == 0) return true;
        NodeNetworkException failure = result.Failure($"take {Host(address)} off {interfaceName}");
        return failure.Fault is NodeNetworkFault.NoAddress or NodeNetworkFault.NoInterface ? false : throw failure;
    }

    public async Task<ImmutableArray<InterfacePrefix>> GetPrefixesAsync(IPAddress nodeIP, IReadOnlySet<IPAddress> leaveOut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nodeIP);
        ArgumentNullException.ThrowIfNull(leaveOut);
        return HostSubnets.Of(await GetLinksAsync(cancellationToken).ConfigureAwait(false), nodeIP, leaveOut);
    }

    /// <summary>All interfaces with all their addresses.</summary>
    internal async Task<ImmutableArray<HostLink>> GetLinksAsync(CancellationToken cancellationToken)
    {
        IpResult result = await _ip.RunAsync(["-j", "address", "show"], cancellationToken).ConfigureAwait(false);
        return result.ExitCode == 0 ? IpLinkOutput.Parse(result.Output) : throw result.Failure("list the interfaces");
    }

    private static string Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? "-6" : "-4";

    private static string Host(IPAddress address) => $"{address}/{(address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32)}";
}
