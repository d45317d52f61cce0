using System.Numerics;
using System.Runtime.CompilerServices;
using BgpLoadBalancer.Cluster.Planning.Addresses;

namespace BgpLoadBalancer.Cluster.Planning;

/// <summary>
/// Highest-random-weight hashing (Thaler and Ravishankar 1998): each pair gets a number from two hashes made beforehand, the lowest comes
/// first. What leaves takes only its own pairs with it. Fixed for ever: every agent, of any version, has to come to the same order.
/// </summary>
internal static class Rendezvous
{
    public static ulong Hash(string text)
    {
        // FNV-1a over code units.
        ulong hash = 14695981039346656037;
        foreach (char unit in text) hash = (hash ^ unit) * 1099511628211;
        return Scatter(hash);
    }

    public static ulong Hash(AddressKey address) =>
        Scatter((ulong)address.Number ^ Scatter((ulong)(address.Number >> 64) ^ (address.IsIPv6 ? 6ul : 4ul)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong first, ulong second) => Scatter(first ^ BitOperations.RotateLeft(second, 32));

    // The finalizer of SplitMix64: every bit of the input reaches every bit of the output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Scatter(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
