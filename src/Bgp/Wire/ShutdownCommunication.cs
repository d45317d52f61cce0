using System.Text;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>The text in a Cease (RFC 9003 §2): one octet of length, then UTF-8.</summary>
internal static class ShutdownCommunication
{
    public static string? Read(NotificationMessage notification)
    {
        ReadOnlySpan<byte> data = notification.Data.Span;
        if (notification.Code != BgpErrorCode.Cease || !CarriesText(notification.Subcode) || data.IsEmpty) return null;
        if (data[0] == 0 || data[0] > data.Length - 1) return null;
        return Legible(Encoding.UTF8.GetString(data.Slice(1, data[0])));
    }

    public static byte[] Write(byte subcode, string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        if (!CarriesText(subcode))
        {
            throw new ArgumentException($"A Cease of subcode {subcode} carries no text; {CeaseSubcode.AdministrativeShutdown} and {CeaseSubcode.AdministrativeReset} do.", nameof(text));
        }

        // No character is cut in two.
        byte[] data = new byte[1 + byte.MaxValue];
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > byte.MaxValue) break;
            length += rune.EncodeToUtf8(data.AsSpan(1 + length));
        }

        data[0] = (byte)length;
        return data[..(1 + length)];
    }

    private static bool CarriesText(byte subcode) => subcode is CeaseSubcode.AdministrativeShutdown or CeaseSubcode.AdministrativeReset;

    // A peer's words go to logs and terminals: no line of its own, no escape sequence, no reversal of what follows.
    private static string Legible(string text) => string.Create(text.Length, text, static (result, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            bool harmless = !char.IsControl(c) && c is not ('\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
            result[i] = harmless ? c : '\uFFFD';
        }
    });
}
