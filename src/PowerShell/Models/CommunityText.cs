using System.Globalization;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Communities as people write them: <c>65001:100</c>, large ones <c>65001:1:2</c>.</summary>
internal static class CommunityText
{
    /// <exception cref="FormatException">One of them is neither; the message names it.</exception>
    public static (uint[] Communities, LargeCommunity[] Large) Parse(string[] texts)
    {
        List<uint> communities = [];
        List<LargeCommunity> large = [];
        foreach (string text in texts)
        {
            string[] parts = text.Split(':');
            uint?[] numbers = [.. parts.Select(part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : (uint?)null)];
            switch (numbers)
            {
                case [<= 0xFFFF and var asn, <= 0xFFFF and var value]:
                    communities.Add((asn << 16) | value);
                    break;
                case [{ } asn, { } first, { } second]:
                    large.Add(new(asn, first, second));
                    break;
                default:
                    throw new FormatException($"'{text}' is not a community: write 65001:100 (both up to 65535), or 65001:1:2 for a large one.");
            }
        }

        return ([.. communities], [.. large]);
    }

    public static string[] Write(IEnumerable<uint> communities, IEnumerable<LargeCommunity> large) =>
    [
        .. communities.Select(community => string.Create(CultureInfo.InvariantCulture, $"{community >> 16}:{community & 0xFFFF}")),
        .. large.Select(community => community.ToString()),
    ];

    /// <summary>The same texts, the ordinary ones and the large ones apart.</summary>
    /// <exception cref="FormatException">One of them is neither; the message names it.</exception>
    public static (string[] Communities, string[] Large) Split(string[] texts)
    {
        (uint[] communities, LargeCommunity[] large) = Parse(texts);
        return (Write(communities, []), Write([], large));
    }
}
