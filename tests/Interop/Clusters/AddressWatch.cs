using System.Globalization;
using System.Net;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>What the kernels say of when an address came and went, on all nodes.</summary>
internal sealed class AddressWatch
{
    private readonly LabProcess[] _monitors;

    private AddressWatch(LabProcess[] monitors) => _monitors = monitors;

    public static AddressWatch Start(InteropLab lab, IReadOnlyList<NetworkNamespace> nodes) =>
        new([.. nodes.Select((node, i) => lab.Start(node, $"addresses-{i}.log", "ip", "-ts", "-o", "monitor", "address"))]);

    /// <summary>By time: on which node the address came or went.</summary>
    public IReadOnlyList<AddressEvent> Of(IPAddress address) =>
    [
        .. _monitors
            .SelectMany((monitor, node) => monitor.ReadLog().Split('\n').Where(line => line.Contains($" {address}/", StringComparison.Ordinal)).Select(line => Parse(line, node)))
            .OrderBy(happened => happened.Time),
    ];

    /// <summary>Which nodes have the address now, by their kernels' words.</summary>
    public IReadOnlyList<int> Holders(IPAddress address) => Replay(address, (_, _) => { });

    /// <summary>Fails when two nodes ever had the address at one time.</summary>
    public void AssertNeverTwo(IPAddress address) => Replay(address, (holders, happened) =>
        Assert.True(holders.Count < 2, $"{address} was on nodes {string.Join(" and ", holders.Select(ClusterResources.NodeName))} at {happened.Time:HH:mm:ss.fff}:\n{string.Join('\n', Of(address))}"));

    private List<int> Replay(IPAddress address, Action<IReadOnlyCollection<int>, AddressEvent> look)
    {
        SortedSet<int> holders = [];
        foreach (AddressEvent happened in Of(address))
        {
            _ = happened.Came ? holders.Add(happened.Node) : holders.Remove(happened.Node);
            look(holders, happened);
        }

        return [.. holders];
    }

    // "[2026-01-31T09:20:01.123456] Deleted 2: eth0    inet 10.1.0.50/32 scope global dynamic eth0\ ..."; without "Deleted" it came, or was refreshed.
    private static AddressEvent Parse(string line, int node)
    {
        string time = line[1..line.IndexOf(']', StringComparison.Ordinal)];
        return new(DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AdjustToUniversal), node, !line.Contains("] Deleted ", StringComparison.Ordinal));
    }
}

/// <param name="Came">It came or its lifetime was renewed; else it went.</param>
internal sealed record AddressEvent(DateTime Time, int Node, bool Came);
