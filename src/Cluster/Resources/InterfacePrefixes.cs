using System.Collections.Immutable;
using System.Globalization;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>The text of <see cref="NodeResource.AddressesAnnotation"/>, such as <c>10.0.1.10/24,2001:db8::10/64</c> (R19).</summary>
public static class InterfacePrefixes
{
    /// <summary>The entries that can be read; the others are passed over.</summary>
    public static ImmutableArray<InterfacePrefix> Parse(string? text)
    {
        ImmutableArray<InterfacePrefix>.Builder prefixes = ImmutableArray.CreateBuilder<InterfacePrefix>();
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (TryParse(part, out InterfacePrefix prefix)) prefixes.Add(prefix);
        }

        return prefixes.DrainToImmutable();
    }

    /// <summary>One entry: an address, a slash, the length of its subnet.</summary>
    public static bool TryParse(string entry, out InterfacePrefix prefix)
    {
        ArgumentNullException.ThrowIfNull(entry);
        prefix = default;
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        // IPAddress alone would also take the old spellings, such as 10.1 and 0x0a.1.
        if (slash < 0 || !IPPrefix.TryParse(entry[..slash], null, out IPPrefix host) || !host.IsHost) return false;
        if (!int.TryParse(entry[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > host.Length) return false;
        prefix = new(host.Address, length);
        return true;
    }

    public static string Format(IEnumerable<InterfacePrefix> prefixes) =>
        string.Join(',', prefixes.Select(prefix => string.Create(CultureInfo.InvariantCulture, $"{prefix.Address}/{prefix.Length}")));
}
