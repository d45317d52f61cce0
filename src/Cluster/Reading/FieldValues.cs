using System.Globalization;
using BgpLoadBalancer.Cluster.Documents;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Texts, truth values and numbers of manifests. Strict: nothing is read as something that it only resembles.</summary>
internal static partial class FieldValues
{
    // RFC 6793 §9.
    private const uint AsTrans = 23456;

    public static FieldProblem? Text(DocumentScalar scalar, out string value)
    {
        value = scalar.Text;
        return value.Length > 0 ? null : new("The text is empty.", "Give a text, or leave the field out.");
    }

    /// <summary>The API takes only strings as values of labels, annotations and selectors.</summary>
    public static FieldProblem? MapText(DocumentScalar scalar, out string value)
    {
        value = scalar.Text;
        return DocumentContent.IsString(scalar) ? null : new($"'{value}' is a number or a truth value here, and a text is expected.", $"Put it in quotes: \"{value}\".");
    }

    public static FieldProblem? Bool(DocumentScalar scalar, out bool value)
    {
        value = scalar.Text == "true";
        return scalar.IsPlain && scalar.Text is "true" or "false" ? null : new($"{Show(scalar)} is neither true nor false.", "Write true or false, without quotes.");
    }

    /// <summary>1 to 4294967294 (RFC 6793) in plain decimal; 0 (RFC 7607), 23456 (RFC 6793) and 4294967295 (RFC 7300) are reserved.</summary>
    public static FieldProblem? Asn(DocumentScalar scalar, out uint value)
    {
        value = 0;
        string[] halves = scalar.Text.Split('.');
        if (halves.Length == 2 && halves.All(IsDecimal) && ushort.TryParse(halves[0], out ushort high) && ushort.TryParse(halves[1], out ushort low))
        {
            return new($"{Show(scalar)} is an ASN in dotted notation.", $"Write it as a plain number: {((uint)high << 16) | low}.");
        }

        if (Number(scalar, 1, uint.MaxValue - 1, out long number) is { } problem)
        {
            return problem with { Advice = IsDecimal(scalar.Text) && !scalar.IsPlain ? problem.Advice : "Write an ASN as a plain number from 1 to 4294967294, such as 65001." };
        }

        if (number == AsTrans) return new($"{Show(scalar)} stands for 4-octet ASNs at old routers and is nobody's own.", "Write the 4-octet ASN itself.");
        value = (uint)number;
        return null;
    }

    public static FieldProblem? Port(DocumentScalar scalar, out int value) => Int(scalar, 1, 65535, out value);

    /// <summary>A conversion for whole numbers within a range.</summary>
    public static FieldConversion<int> Between(int least, int most) => (DocumentScalar scalar, out int value) => Int(scalar, least, most, out value);

    public static FieldProblem? UInt(DocumentScalar scalar, out uint value)
    {
        FieldProblem? problem = Number(scalar, 0, uint.MaxValue, out long number);
        value = (uint)number;
        return problem;
    }

    /// <summary>A conversion for a few words, matched in their very letters.</summary>
    public static FieldConversion<string> OneOf(params string[] words) => (DocumentScalar scalar, out string value) =>
    {
        value = scalar.Text;
        return words.Contains(value, StringComparer.Ordinal) ? null : new($"{Show(scalar)} is not possible here.", $"Write one of: {string.Join(", ", words)}.");
    };

    internal static string Show(DocumentScalar scalar) =>
        scalar.IsPlain ? $"'{Validation.Finding.Shorten(scalar.Text)}'" : $"\"{Validation.Finding.Shorten(scalar.Text)}\"";

    private static FieldProblem? Int(DocumentScalar scalar, int least, int most, out int value)
    {
        FieldProblem? problem = Number(scalar, least, most, out long number);
        value = (int)number;
        return problem;
    }

    private static FieldProblem? Number(DocumentScalar scalar, long least, long most, out long value)
    {
        value = 0;
        string text = scalar.Text;
        if (!scalar.IsPlain && IsDecimal(text)) return new($"{Show(scalar)} is in quotes, so it is a text and not a number.", $"Leave the quotes away: {text}.");
        if (text.Length > 1 && text[0] == '0' && text.All(char.IsAsciiDigit)) return new($"'{text}' starts with a zero, which some programs read as octal.", "Leave the leading zeros away.");
        string advice = string.Create(CultureInfo.InvariantCulture, $"Write a whole number from {least} to {most}.");
        if (!IsDecimal(text)) return new($"{Show(scalar)} is not a whole number.", advice);
        // Too many digits for a long are out of range like any other.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < least || number > most) return new($"{Show(scalar)} is out of range.", advice);
        value = number;
        return null;
    }

    private static bool IsDecimal(string text) => text.Length > 0 && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');
}
