using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>The host of a node that lives on 127.0.0.0/8, beside others in one process and without privileges. Nothing of the real host is changed.</summary>
/// <param name="node">Its name; what an agent of that name took before is this one's.</param>
/// <param name="addresses">The node's own addresses with their subnets, which decide what floating IPs it can have.</param>
/// <param name="segment">Null: <see cref="LoopbackSegment.Shared"/>.</param>
public sealed class LoopbackNodeNetwork(string node, ImmutableArray<InterfacePrefix> addresses, TimeProvider timeProvider, LoopbackSegment? segment = null) : IFloatingIPHost, IHostSubnets
{
    private static readonly IPPrefix Loopback = IPPrefix.Parse("127.0.0.0/8");

    private readonly LoopbackSegment _segment = segment ?? LoopbackSegment.Shared;

    public Task<string?> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EnsureInSubnet(address);
        ImmutableArray<string> others = _segment.HoldersOf(address).Remove(node);
        return Task.FromResult(others.IsEmpty ? null : $"node {string.Join(", ", others)}");
    }

    public Task<bool> HoldAsync(IPAddress address, Deadline until, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EnsureInSubnet(address);
        if (until.KernelLifetime is not { } lifetime) return Task.FromResult(false);
        _segment.Put(address, node, new(timeProvider, timeProvider.GetTimestamp() + (long)(lifetime.TotalSeconds * timeProvider.TimestampFrequency)));
        return Task.FromResult(true);
    }

    public Task RemoveAsync(IPAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _segment.Take(address, node);
        return Task.CompletedTask;
    }

    /// <summary>The other nodes see it in the account already.</summary>
    public Task AnnounceAsync(IPAddress address, Action said, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ImmutableArray<InterfacePrefix>> GetPrefixesAsync(IPAddress nodeIP, IReadOnlySet<IPAddress> leaveOut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leaveOut);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<ImmutableArray<InterfacePrefix>>([.. addresses.Where(prefix => !leaveOut.Contains(prefix.Address)).OrderBy(prefix => !prefix.Address.Equals(nodeIP))]);
    }

    private void EnsureInSubnet(IPAddress address)
    {
        if (!Loopback.Contains(address)) throw new NodeNetworkException($"{address} is outside 127.0.0.0/8, where the nodes of one process have their addresses.", NodeNetworkFault.NoInterface);
        if (addresses.Any(prefix => IPPrefix.From(prefix.Address, prefix.Length).Contains(address))) return;
        throw new NodeNetworkException($"Node {node} is in no subnet that contains {address}; it has {string.Join(", ", addresses.Select(prefix => $"{prefix.Address}/{prefix.Length}"))}.", NodeNetworkFault.NoInterface);
    }
}
