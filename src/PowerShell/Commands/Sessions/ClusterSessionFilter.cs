using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Which sessions of a cluster are meant.</summary>
/// <param name="Name">One of exactly this name; null: any.</param>
/// <param name="Addresses">Of peers; none: any.</param>
/// <param name="Peer">The name of the peer; null or empty: any.</param>
/// <param name="Nodes">Names, wildcards allowed.</param>
internal sealed record ClusterSessionFilter(string? Name, IPAddress[] Addresses, string? Peer, string[] Nodes)
{
    private readonly WildcardPattern[] _nodes = [.. Nodes.Select(node => new WildcardPattern(node, WildcardOptions.IgnoreCase))];

    /// <summary>Nothing about the session is asked for.</summary>
    public bool IsForAll => Name is null && Addresses.Length == 0 && string.IsNullOrEmpty(Peer) && Array.TrueForAll(Nodes, node => node == "*");

    public bool Matches(BgpSession session) =>
        (Name is null || Name == session.Name)
        && (Addresses.Length == 0 || Addresses.Contains(session.PeerIPAddress))
        && (string.IsNullOrEmpty(Peer) || string.Equals(Peer, session.Peer, StringComparison.OrdinalIgnoreCase))
        && Array.Exists(_nodes, pattern => pattern.IsMatch(session.Node));

    /// <summary>For an error: what was asked for.</summary>
    public override string ToString() => Name ?? (Addresses.Length > 0 ? string.Join(", ", Addresses.Select(address => address.ToString())) : !string.IsNullOrEmpty(Peer) ? Peer : IsForAll ? "anybody" : $"node {string.Join(", ", Nodes)}");
}
