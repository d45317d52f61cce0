using System.Net;
using System.Text.Json;

namespace BgpLoadBalancer.Node.Tests;

/// <summary>Hosts with 10.0.1.10/24, 10.0.1.11/24 … on their interface <c>v0</c>, on one bridge; all gone when disposed. Skips the test where none can be made.</summary>
public sealed class NetworkSegment : IDisposable
{
    private readonly NetworkNamespace _switch = new();
    private readonly List<NetworkNamespace> _hosts = [];

    public NetworkSegment(int hosts)
    {
        // A switch answers for nobody.
        _switch.Run("link", "del", "v0");
        _switch.Run("link", "add", "br0", "type", "bridge");
        _switch.Run("link", "set", "br0", "up");
        for (int i = 0; i < hosts; i++)
        {
            NetworkNamespace host = new();
            _hosts.Add(host);
            host.Run("link", "set", "v1", "netns", _switch.Name, "name", $"port{i}");
            _switch.Run("link", "set", $"port{i}", "master", "br0");
            _switch.Run("link", "set", $"port{i}", "up");
            if (i == 0) continue;
            host.Run("address", "del", "10.0.1.10/24", "dev", "v0");
            host.Run("address", "add", $"10.0.1.{10 + i}/24", "dev", "v0");
        }
    }

    public NetworkNamespace this[int host] => _hosts[host];

    /// <summary>The Ethernet address of a host's <c>v0</c>.</summary>
    public string HardwareOf(int host)
    {
        using JsonDocument links = JsonDocument.Parse(_hosts[host].Read("-j", "link", "show", "dev", "v0"));
        return links.RootElement[0].GetProperty("address").GetString()!;
    }

    /// <summary>What a host's neighbour table has for an address; null when nothing.</summary>
    public string? NeighbourOf(int host, IPAddress address)
    {
        using JsonDocument entries = JsonDocument.Parse(_hosts[host].Read("-j", "neigh", "show", "to", $"{address}", "dev", "v0"));
        return entries.RootElement.EnumerateArray().Select(entry => entry.TryGetProperty("lladdr", out JsonElement hardware) ? hardware.GetString() : null).FirstOrDefault();
    }

    public void Dispose()
    {
        foreach (NetworkNamespace host in _hosts) host.Dispose();
        _switch.Dispose();
    }
}
