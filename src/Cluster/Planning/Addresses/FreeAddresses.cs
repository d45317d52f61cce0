using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Planning.Addresses;

/// <summary>Walks the addresses of one family of one pool, in their order; what has been passed is never looked at again.</summary>
internal sealed class FreeAddresses(AddressPool pool, bool isIPv6)
{
    private readonly AddressRange[] _ranges = [.. pool.Addresses.Where(range => range.IsIPv6 == isIPv6)];
    private int _range;
    private UInt128 _offset;

    /// <summary>The first one that is not used; null when there is none left. It is not taken by this.</summary>
    public AddressKey? Peek(Func<AddressKey, bool> isUsed)
    {
        for (; _range < _ranges.Length; _range++, _offset = 0)
        {
            AddressRange range = _ranges[_range];
            UInt128 last = range.Last - range.First;
            while (true)
            {
                AddressKey address = new(range.First + _offset, isIPv6);
                if (!AddressSpace.IsAvoided(pool, address) && !isUsed(address)) return address;
                if (_offset == last) break;
                _offset++;
            }
        }

        return null;
    }
}
