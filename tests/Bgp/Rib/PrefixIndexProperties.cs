using BgpLoadBalancer.Bgp.Rib;
using CsCheck;

namespace BgpLoadBalancer.Bgp.Tests.Rib;

/// <summary>The index against a dictionary, over prefixes that are neighbours, share hashes or have nothing in common.</summary>
public class PrefixIndexProperties
{
    private static readonly Gen<IPPrefix> s_prefix = Gen.OneOf(
        Gen.Int[0, 63].Select(i => IPPrefix.FromIPv4(0x0A000000u + (uint)i, 32)),
        Gen.Int[0, 63].Select(i => IPPrefix.FromIPv4((uint)i << 12, 20)),
        Gen.Select(Gen.UInt, Gen.Int[0, 32]).Select((address, length) => IPPrefix.FromIPv4(address, length)),
        Gen.Select(Gen.ULong[0, 15], Gen.ULong[0, 15], Gen.Int[64, 128]).Select((high, low, length) => IPPrefix.FromIPv6(high, low, length)));

    [Fact]
    public void It_finds_what_was_added_and_not_removed() => Gen.Select(s_prefix, Gen.Bool).Array[0, 300].Sample(steps =>
    {
        PagedArray<RouteSlot> slots = new();
        PrefixIndex index = new(slots);
        Dictionary<IPPrefix, int> model = [];
        for (int slot = 0; slot < steps.Length; slot++)
        {
            (IPPrefix prefix, bool add) = steps[slot];
            slots.EnsureCapacity(slot + 1);
            slots[slot].Prefix = prefix;
            if (add)
            {
                int expected = model.TryAdd(prefix, slot) ? slot : model[prefix];
                Assert.Equal(expected, index.FindOrAdd(prefix, slot));
            }
            else
            {
                model.Remove(prefix);
                index.Remove(prefix);
            }
        }

        foreach ((IPPrefix prefix, _) in steps) Assert.Equal(model.GetValueOrDefault(prefix, -1), index.Find(prefix));
    });

    [Fact]
    public void Neighbours_differ_in_four_bits_of_their_hash()
    {
        int[] hashes = [.. Enumerable.Range(0, 16).Select(i => IPPrefix.FromIPv4(0x0A000010u + (uint)i, 32).GetHashCode())];
        Assert.Equal(16, hashes.Distinct().Count());
        Assert.Single(hashes.Select(hash => hash >> 4).Distinct());
    }
}
