using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace BgpLoadBalancer.Node;

/// <summary>Reads what <c>ip -j address show</c> prints.</summary>
internal static class IpAddressOutput
{
    // The kernel's INFINITY_LIFE_TIME.
    private const long Forever = uint.MaxValue;

    /// <summary>The entries of one address.</summary>
    public static ImmutableArray<InterfaceAddress> Parse(string json, IPAddress address)
    {
        // Nothing at all, and empty objects for interfaces without a match, depending on the version.
        if (json.Length == 0) return [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return
            [
                .. from link in document.RootElement.EnumerateArray()
                   where link.TryGetProperty("addr_info", out _)
                   from entry in link.GetProperty("addr_info").EnumerateArray()
                   where entry.TryGetProperty("local", out JsonElement local) && IPAddress.Parse(local.GetString()!).Equals(address)
                   select new InterfaceAddress(link.GetProperty("ifname").GetString()!, address, entry.GetProperty("prefixlen").GetInt32(), Lifetime(entry)),
            ];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NodeNetworkException($"'ip -j address show' printed something unexpected: {exception.Message}", NodeNetworkFault.Other, exception);
        }
    }

    private static TimeSpan? Lifetime(JsonElement entry) =>
        entry.GetProperty("valid_life_time").GetInt64() is var seconds and not Forever ? TimeSpan.FromSeconds(seconds) : null;
}
