using System.Collections.Immutable;
using System.Globalization;
using BgpLoadBalancer.Bgp.Routes;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>Communities as a BGPPeer writes them (R28).</summary>
internal static class Communities
{
    /// <summary>RFC 1997: <c>65001:100</c>.</summary>
    /// <returns>What is wrong with the first one that cannot be read; null when all can.</returns>
    public static string? TryParse(ImmutableArray<string> texts, out ImmutableArray<uint> communities)
    {
        communities = [];
        if (texts.IsDefaultOrEmpty) return null;
        ImmutableArray<uint>.Builder parsed = ImmutableArray.CreateBuilder<uint>(texts.Length);
        foreach (string text in texts)
        {
            if (Numbers(text, 2, ushort.MaxValue) is not { } numbers) return $"communities has '{text}'; write two numbers from 0 to 65535, such as 65001:100.";
            parsed.Add((numbers[0] << 16) | numbers[1]);
        }

        communities = parsed.MoveToImmutable();
        return null;
    }

    /// <summary>RFC 8092: <c>65001:1:100</c>.</summary>
    /// <returns>As <see cref="TryParse"/>.</returns>
    public static string? TryParseLarge(ImmutableArray<string> texts, out ImmutableArray<LargeCommunity> communities)
    {
        communities = [];
        if (texts.IsDefaultOrEmpty) return null;
        ImmutableArray<LargeCommunity>.Builder parsed = ImmutableArray.CreateBuilder<LargeCommunity>(texts.Length);
        foreach (string text in texts)
        {
            if (Numbers(text, 3, uint.MaxValue) is not { } numbers) return $"largeCommunities has '{text}'; write three numbers from 0 to 4294967295, such as 65001:1:100.";
            parsed.Add(new(numbers[0], numbers[1], numbers[2]));
        }

        communities = parsed.MoveToImmutable();
        return null;
    }

    private static uint[]? Numbers(string text, int count, uint most)
    {
        string[] parts = text.Split(':');
        uint[] numbers = new uint[count];
        if (parts.Length != count) return null;
        for (int i = 0; i < count; i++)
        {
            if (!uint.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] > most) return null;
        }

        return numbers;
    }
}
