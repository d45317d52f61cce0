using System.Collections.Immutable;
using System.Net;
using System.Runtime.InteropServices;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// What the peer has sent on one Established session: counted, and kept where that was asked for. Routes with our own ASN in the
/// path are dropped and counted (R6, RFC 4271 §9.1.2).
/// </summary>
internal sealed class AdjRibIn(WireContext context, ImmutableArray<BgpAddressFamily> families, uint localAsn, bool keep)
{
    /// <summary>More kept paths than this are a peer gone wild: the session ends with Cease 6/1.</summary>
    public const int MaxPaths = 4_000_000;

    private readonly Dictionary<(IPPrefix Prefix, uint PathId), Entry> _paths = [];
    private readonly Dictionary<(PathAttributes, IPAddress), Entry> _entries = [];
    private ImmutableHashSet<BgpAddressFamily> _ended = [];
    private long _announced;

    /// <summary>Paths held, or announcements seen where they are not kept.</summary>
    public long PathsReceived => keep ? _paths.Count : _announced;

    public long WithdrawalsReceived { get; private set; }

    public long OwnAsnDropped { get; private set; }

    public bool EndOfRibReceived => families.All(_ended.Contains);

    /// <exception cref="BgpProtocolException">The message is malformed (RFC 4271 §6.3), or there are too many paths to keep.</exception>
    public void Process(in UpdateReader update)
    {
        if (update.IsEndOfRib(out BgpAddressFamily ended))
        {
            // Of another family it means nothing, and is not worth remembering.
            if (families.Contains(ended)) _ended = _ended.Add(ended);
            return;
        }

        bool announcesIPv4 = !update.Nlri.IsEmpty;
        AttributeReader.Validate(update.Attributes, context, announcesIPv4);
        Withdraw(new PrefixReader(update.Withdrawn, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4));
        if (update.TryGetMpUnreach(out MpUnreach unreach) && families.Contains(unreach.Family)) Withdraw(unreach.Prefixes(context));
        bool announces = update.TryGetMpReach(out MpReach reach) && families.Contains(reach.Family);
        if (!announcesIPv4 && !announces) return;

        bool own = AttributeReader.ContainsAsn(update.Attributes, context, localAsn);
        PathAttributes? attributes = null;
        IPAddress? nextHop = null;
        // RFC 4271 §5.1.5: LOCAL_PREF of an external peer is ignored, and all our peers are external (R1).
        if (keep && !own) attributes = AttributeReader.Read(update.Attributes, context, announcesIPv4, out nextHop).WithoutLocalPref();
        if (announcesIPv4)
        {
            Announce(new PrefixReader(update.Nlri, BgpAddressFamily.IPv4Unicast, context.AddPathIPv4), own, attributes, nextHop);
        }

        if (announces) Announce(reach.Prefixes(context), own, attributes, attributes is null ? null : reach.ReadNextHop());
    }

    public ImmutableArray<BgpReceivedPath> ToPaths(string peer) =>
    [
        .. _paths
            .OrderBy(static path => path.Key.Prefix).ThenBy(static path => path.Key.PathId)
            .Select(path => new BgpReceivedPath(peer, path.Key.Prefix, path.Key.PathId, path.Value.NextHop, path.Value.Attributes)),
    ];

    private void Withdraw(PrefixReader prefixes)
    {
        while (prefixes.TryRead(out IPPrefix prefix, out uint pathId))
        {
            WithdrawalsReceived++;
            if (keep) Remove(prefix, pathId);
        }
    }

    private void Announce(PrefixReader prefixes, bool own, PathAttributes? attributes, IPAddress? nextHop)
    {
        Entry? entry = attributes is null || nextHop is null ? null : Intern(attributes, nextHop);
        while (prefixes.TryRead(out IPPrefix prefix, out uint pathId))
        {
            if (own)
            {
                // It replaces whatever the peer had announced under this key before.
                OwnAsnDropped++;
                if (keep) Remove(prefix, pathId);
            }
            else
            {
                _announced++;
                if (entry is not null) Store(prefix, pathId, entry);
            }
        }

        if (entry is { Uses: 0 }) _entries.Remove((entry.Attributes, entry.NextHop));
    }

    private void Store(in IPPrefix prefix, uint pathId, Entry entry)
    {
        ref Entry? stored = ref CollectionsMarshal.GetValueRefOrAddDefault(_paths, (prefix, pathId), out bool exists);
        Entry? before = stored;
        stored = entry;
        entry.Uses++;
        if (exists) Release(before!);
        else if (_paths.Count > MaxPaths)
        {
            throw new BgpProtocolException(BgpErrorCode.Cease, CeaseSubcode.MaximumPrefixesReached, $"The peer has sent more than {MaxPaths} paths.");
        }
    }

    private void Remove(in IPPrefix prefix, uint pathId)
    {
        if (_paths.Remove((prefix, pathId), out Entry? entry)) Release(entry);
    }

    private void Release(Entry entry)
    {
        if (--entry.Uses == 0) _entries.Remove((entry.Attributes, entry.NextHop));
    }

    private Entry Intern(PathAttributes attributes, IPAddress nextHop)
    {
        ref Entry? entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, (attributes, nextHop), out _);
        return entry ??= new Entry(attributes, nextHop);
    }

    private sealed class Entry(PathAttributes attributes, IPAddress nextHop)
    {
        public PathAttributes Attributes { get; } = attributes;

        public IPAddress NextHop { get; } = nextHop;

        public int Uses { get; set; }
    }
}
