using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// Who has which address of 127.0.0.0/8, among nodes that share one host: each such address is usable there without being added, so this
/// account is what a link with ARP is between hosts.
/// </summary>
public sealed class LoopbackSegment
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, ImmutableSortedDictionary<string, Deadline>> _holders = [];

    /// <summary>The one that all nodes of this process are on unless told otherwise.</summary>
    public static LoopbackSegment Shared { get; } = new();

    /// <summary>The nodes that have an address now, in the order of their names. More than one is what floating IPs must never come to (R19).</summary>
    public ImmutableArray<string> HoldersOf(IPAddress address)
    {
        lock (_gate)
        {
            if (!_holders.TryGetValue(address, out ImmutableSortedDictionary<string, Deadline>? holders)) return [];
            holders = holders.RemoveRange(holders.Where(holder => holder.Value.Left <= TimeSpan.Zero).Select(holder => holder.Key));
            Store(address, holders);
            return [.. holders.Keys];
        }
    }

    /// <summary>The node has the address until then.</summary>
    internal void Put(IPAddress address, string node, Deadline until)
    {
        lock (_gate) Store(address, Of(address).SetItem(node, until));
    }

    internal void Take(IPAddress address, string node)
    {
        lock (_gate) Store(address, Of(address).Remove(node));
    }

    private ImmutableSortedDictionary<string, Deadline> Of(IPAddress address) =>
        _holders.GetValueOrDefault(address) ?? ImmutableSortedDictionary.Create<string, Deadline>(StringComparer.Ordinal);

    private void Store(IPAddress address, ImmutableSortedDictionary<string, Deadline> holders)
    {
        if (holders.IsEmpty) _holders.Remove(address);
        else _holders[address] = holders;
    }
}
