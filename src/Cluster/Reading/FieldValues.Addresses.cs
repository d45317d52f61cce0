using System.Globalization;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Addresses, prefixes and ranges of manifests.</summary>
internal static partial class FieldValues
{
    /// <summary>Where sessions run, so IPv6 is refused by R4.</summary>
    public static FieldProblem? IPv4Address(DocumentScalar scalar, out IPAddress value)
    {
        value = IPAddress.None;
        if (TryAddress(scalar.Text, out IPAddress? address) && !AddressNumber.IsIPv6(address))
        {
            value = address;
            return Unusable(address) is { } why ? new($"{Show(scalar)} is {why}.", "Write the address of one host, such as 10.0.1.10.") : null;
        }

        return address is not null
            ? new($"{Show(scalar)} is an IPv6 address; BGP sessions and the control plane's virtual IP are IPv4 only.", "Write an IPv4 address. IPv6 routes of services travel on the IPv4 sessions.", "R4")
            : new($"{Show(scalar)} is not an IPv4 address.", AddressAdvice(scalar.Text, "Write four numbers from 0 to 255 with dots between, such as 10.0.1.10."));
    }

    public static FieldProblem? Address(DocumentScalar scalar, out IPAddress value)
    {
        bool parsed = TryAddress(scalar.Text, out IPAddress? address);
        value = address ?? IPAddress.None;
        if (!parsed) return new($"{Show(scalar)} is not an IP address.", AddressAdvice(scalar.Text, "Write an address such as 10.0.1.10 or 2001:db8::10."));
        return Unusable(value) is { } why ? new($"{Show(scalar)} is {why}.", "Write the address of one host, such as 10.0.1.10.") : null;
    }

    public static FieldProblem? Network(DocumentScalar scalar, out IPNetwork value)
    {
        value = default;
        if (scalar.Text.Contains('/', StringComparison.Ordinal) && IPPrefix.TryParse(scalar.Text, null, out IPPrefix prefix))
        {
            value = prefix.ToIPNetwork();
            return null;
        }

        return NotANetwork(scalar);
    }

    public static FieldProblem? Range(DocumentScalar scalar, out AddressRange value) =>
        AddressRange.TryParse(scalar.Text, out value) ? null : NotARange(scalar) with { Rule = "R22" };

    /// <summary>Strict where the base class library is not: four decimal octets without leading zeros, no zone.</summary>
    public static bool TryAddress(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool isIPv6 = text.Contains(':', StringComparison.Ordinal);
        if (isIPv6 ? text.AsSpan().ContainsAny("%[]/") : text.Split('.') is not { Length: 4 } octets || !octets.All(octet => octet.Length <= 3 && IsDecimal(octet))) return false;
        return IPAddress.TryParse(text, out address) && (!isIPv6 || AddressNumber.IsIPv6(address));
    }

    private static FieldProblem NotARange(DocumentScalar scalar)
    {
        string[] ends = scalar.Text.Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length == 2 && TryAddress(ends[0], out IPAddress? first) && TryAddress(ends[1], out IPAddress? last))
        {
            return AddressNumber.IsIPv6(first) != AddressNumber.IsIPv6(last)
                ? new($"{Show(scalar)} starts in one address family and ends in the other.", "Write one range for IPv4 and another for IPv6.")
                : new($"{Show(scalar)} ends before it starts.", $"Write the lower address first: {ends[1]}-{ends[0]}.");
        }

        if (TryAddress(scalar.Text, out IPAddress? single)) return new($"{Show(scalar)} is an address and not a range.", $"Write {single}/{(AddressNumber.IsIPv6(single) ? 128 : 32)} for this one address.");
        return scalar.Text.Contains('/', StringComparison.Ordinal) ? NotANetwork(scalar) : new($"{Show(scalar)} is not a range of addresses.", "Write first-last, such as 10.0.0.1-10.0.0.4, or a CIDR, such as 10.0.0.0/28.");
    }

    private static FieldProblem NotANetwork(DocumentScalar scalar)
    {
        string[] parts = scalar.Text.Split('/');
        if (parts.Length == 2 && TryAddress(parts[0], out IPAddress? address)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= (AddressNumber.IsIPv6(address) ? 128 : 32))
        {
            return new($"{Show(scalar)} has bits set beyond its length of {length}.", $"Write {IPPrefix.From(address, length)}, or a longer prefix.");
        }

        return new($"{Show(scalar)} is not a CIDR.", "Write an address, a slash and a length, such as 10.96.0.0/16.");
    }

    private static string AddressAdvice(string text, string otherwise) =>
        text.Split('.') is { Length: 4 } octets && octets.All(octet => octet.Length > 0 && octet.All(char.IsAsciiDigit)) && octets.Any(octet => octet.Length > 1 && octet[0] == '0')
            ? "Leave the leading zeros away; some programs read them as octal."
            : text.StartsWith('<') || text.Contains("_IP", StringComparison.Ordinal) || text.Contains("_ASN", StringComparison.Ordinal) ? "Put the real address in place of the placeholder." : otherwise;

    private static string? Unusable(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) return "the unspecified address";
        if (IPAddress.IsLoopback(address)) return null; // Labs and the quickstart run on loopback.
        if (address.IsIPv6Multicast || (!AddressNumber.IsIPv6(address) && address.GetAddressBytes()[0] is >= 224 and < 240)) return "a multicast address";
        if (address.Equals(IPAddress.Broadcast)) return "the broadcast address";
        return address.IsIPv6LinkLocal ? "a link-local address, which has no meaning beyond one link" : null;
    }
}
