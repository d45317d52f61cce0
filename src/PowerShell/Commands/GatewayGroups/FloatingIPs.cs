using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.PowerShell.Commands.GatewayGroups;

/// <summary>What Set-NetworkGatewayGroup was told about the floating IPs; null is "not said".</summary>
internal sealed record FloatingIPs(IPAddress[]? All, IPAddress[]? Added, IPAddress[]? Removed)
{
    public bool SaysNothing => All is null && Added is null && Removed is null;

    /// <summary>Those that are to be removed and are not there.</summary>
    public IEnumerable<IPAddress> Unknown(ImmutableArray<IPAddress> now) => (Removed ?? []).Except(All ?? [.. now]);

    /// <summary>Removed ones go first, so that one in both lists moves to the end. What is there keeps its place.</summary>
    public ImmutableArray<IPAddress> Change(ImmutableArray<IPAddress> now) => [.. (All ?? [.. now]).Where(address => Removed?.Contains(address) != true), .. Added ?? []];

    /// <summary>In words, for -WhatIf and -Confirm.</summary>
    public override string ToString() => string.Join(", ", new[] { Words("to", All), Words("add", Added), Words("remove", Removed) }.Where(words => words.Length > 0));

    private static string Words(string lead, IPAddress[]? addresses) => addresses is null ? "" : $"{lead} {string.Join(" and ", addresses.Select(address => $"{address}"))}";
}
