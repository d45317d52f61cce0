using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>
/// A folder of Golden/: <c>input.hex</c> has one message as hexadecimal digits, with comments after #, the negotiated context and, when our
/// writer would make other octets of it, the reason; <c>expected.txt</c> has what <see cref="MessageText"/> says of it.
/// </summary>
internal sealed record GoldenCase(byte[] Input, WireContext Context, string? NotCanonical, string Expected)
{
    /// <summary>The reason why a message is not written at all: its family is not one that we speak.</summary>
    public const string NotOurs = "not ours to write";

    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>Neither an error nor the beginning of a message.</summary>
    public bool IsMessage => !Expected.StartsWith("error", StringComparison.Ordinal) && Expected != "need more";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Wire", "Golden");

    public static GoldenCase Load(string name)
    {
        string digits = "";
        string context = "";
        string? notCanonical = null;
        foreach (string line in File.ReadLines(Path.Combine(Folder, name, "input.hex")))
        {
            if (line.StartsWith("context:", StringComparison.Ordinal)) context = line["context:".Length..].Trim();
            else if (line.StartsWith("not-canonical:", StringComparison.Ordinal)) notCanonical = line["not-canonical:".Length..].Trim();
            else digits += line.Split('#')[0].Replace(" ", "", StringComparison.Ordinal);
        }

        string expected = File.ReadAllText(Path.Combine(Folder, name, "expected.txt")).TrimEnd('\n');
        return new GoldenCase(Convert.FromHexString(digits), ParseContext(context), notCanonical, expected);
    }

    private static WireContext ParseContext(string text)
    {
        WireContext context = default;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            context = word switch
            {
                "four-octet-asn" => context with { FourOctetAsn = true },
                "add-path-ipv4" => context with { AddPathIPv4 = true },
                "add-path-ipv6" => context with { AddPathIPv6 = true },
                "extended-message" => context with { ExtendedMessage = true },
                _ => throw new InvalidDataException($"Context word '{word}' is unknown."),
            };
        }

        return context;
    }
}
