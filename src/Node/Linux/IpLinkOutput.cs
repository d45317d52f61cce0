using System.Collections.Immutable;
using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.Linux;

/// <summary>Reads all that <c>ip -j address show</c> prints about interfaces.</summary>
internal static class IpLinkOutput
{
    /// <returns>In the order of the output.</returns>
    public static ImmutableArray<HostLink> Parse(string json)
    {
        if (json.Length == 0) return [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return [.. document.RootElement.EnumerateArray().Where(link => link.TryGetProperty("ifname", out _)).Select(Link)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NodeNetworkException($"'ip -j address show' printed something unexpected: {exception.Message}", NodeNetworkFault.Other, exception);
        }
    }

    private static HostLink Link(JsonElement link)
    {
        HashSet<string> flags = [.. link.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()!)];
        bool hasArp = link.GetProperty("link_type").GetString() == "ether" && !flags.Contains("NOARP");
        return new(
            link.GetProperty("ifindex").GetInt32(),
            link.GetProperty("ifname").GetString()!,
            flags.Contains("LOOPBACK"),
            flags.Contains("UP"),
            !flags.Contains("NO-CARRIER"),
            hasArp ? PhysicalAddress.Parse(link.GetProperty("address").GetString()) : null,
            [.. link.GetProperty("addr_info").EnumerateArray().Where(entry => entry.TryGetProperty("local", out _)).Select(Address)]);
    }

    private static HostAddress Address(JsonElement entry)
    {
        IPAddress address = IPAddress.Parse(entry.GetProperty("local").GetString()!);
        int length = entry.GetProperty("prefixlen").GetInt32();
        if (length < 0 || length > (AddressNumber.IsIPv6(address) ? 128 : 32)) throw new FormatException($"{address}/{length} is no address with the length of its prefix.");
        bool isLasting = !Is(entry, "temporary") && !Is(entry, "deprecated") && !Is(entry, "dadfailed");
        return new(address, length, entry.GetProperty("scope").GetString() == "global", isLasting);
    }

    private static bool Is(JsonElement entry, string property) => entry.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.True;
}
