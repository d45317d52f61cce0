using System.Globalization;
using System.Net;

namespace BgpLoadBalancer.Yaml.Reading;

/// <summary>The kinds of value that configuration files have. Strict: nothing is read as something that it only resembles.</summary>
public static class YamlValues
{
    // RFC 6793 §9.
    private const uint AsTrans = 23456;

    /// <summary>Any text, quoted or not, as it stands.</summary>
    public static YamlProblem? Text(YamlScalar scalar, out string value)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        value = scalar.Text;
        return value.Length > 0 ? null : new("The text is empty.", "Give a text, or leave the key out.");
    }

    /// <summary><c>true</c> or <c>false</c>, unquoted.</summary>
    public static YamlProblem? Bool(YamlScalar scalar, out bool value)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        value = scalar.Text == "true";
        return scalar.IsPlain && scalar.Text is "true" or "false" ? null : new($"{Show(scalar)} is neither true nor false.", "Write true or false, without quotes.");
    }

    /// <summary>Four decimal octets. Leading zeros, which other programs read as octal, are refused.</summary>
    public static YamlProblem? IPv4Address(YamlScalar scalar, out IPAddress value)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        value = IPAddress.None;
        string[] octets = scalar.Text.Split('.');
        if (octets.Length == 4 && octets.All(octet => IsDecimal(octet) && octet.Length <= 3 && byte.TryParse(octet, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            value = IPAddress.Parse(scalar.Text);
            return null;
        }

        return scalar.Text.Contains(':') && IPAddress.TryParse(scalar.Text, out _)
            ? new($"{Show(scalar)} is an IPv6 address, and only IPv4 is possible here.", "Write an IPv4 address, such as 10.0.1.10.")
            : new($"{Show(scalar)} is not an IPv4 address.", "Write four numbers from 0 to 255 with dots between, such as 10.0.1.10.");
    }

    /// <summary>
    /// 1 to 4294967294 (RFC 6793), in plain decimal (RFC 5396 asplain). Reserved are 0 (RFC 7607), 23456 (RFC 6793) and 4294967295
    /// (RFC 7300); 65535 (RFC 7300) is in use here and there.
    /// </summary>
    public static YamlProblem? Asn(YamlScalar scalar, out uint value)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        string[] halves = scalar.Text.Split('.');
        if (halves.Length == 2 && halves.All(IsDecimal) && ushort.TryParse(halves[0], out ushort high) && ushort.TryParse(halves[1], out ushort low))
        {
            value = 0;
            return new($"{Show(scalar)} is an ASN in dotted notation.", $"Write it as a plain number: {(uint)high << 16 | low}.");
        }

        YamlProblem? problem = Number(scalar, 1, uint.MaxValue - 1, out long number);
        value = (uint)number;
        if (value == AsTrans) return new($"{Show(scalar)} stands for 4-octet ASNs at old routers and is nobody's own.", "Write the 4-octet ASN itself.");
        return problem is null ? null : problem with { Advice = "Write an ASN as a plain number from 1 to 4294967294, such as 65001." };
    }

    /// <summary>A TCP port, 1 to 65535.</summary>
    public static YamlProblem? Port(YamlScalar scalar, out int value)
    {
        YamlProblem? problem = Number(scalar, 1, 65535, out long number);
        value = (int)number;
        return problem;
    }

    /// <summary>A whole number in unquoted decimal without leading zeros.</summary>
    public static YamlProblem? Number(YamlScalar scalar, long least, long most, out long value)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        value = 0;
        string text = scalar.Text;
        string advice = string.Create(CultureInfo.InvariantCulture, $"Write a whole number from {least} to {most}.");
        if (!scalar.IsPlain && IsDecimal(text)) return new($"{Show(scalar)} is in quotes, so it is a text and not a number.", $"Leave the quotes away: {text}.");
        if (text.Length > 1 && text[0] == '0' && text.All(char.IsAsciiDigit))
        {
            return new($"{Show(scalar)} starts with a zero, which some programs read as octal.", "Leave the leading zeros away.");
        }

        if (!IsDecimal(text)) return new($"{Show(scalar)} is not a whole number.", advice);
        // Too many digits for a long are out of range like any other.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < least || number > most)
        {
            return new($"{Show(scalar)} is out of range.", advice);
        }

        value = number;
        return null;
    }

    internal static string Show(YamlScalar scalar) => scalar.IsPlain ? $"'{YamlFindings.Shorten(scalar.Text)}'" : $"\"{YamlFindings.Shorten(scalar.Text)}\"";

    private static bool IsDecimal(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');
}
