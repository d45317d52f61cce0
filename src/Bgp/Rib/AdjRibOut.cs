using System.Buffers;
using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Rib;

/// <summary>
/// What one Established session has told its peer, and the way from there to what the table wants: the smallest difference,
/// a batch at a time. Made when the session comes up, dropped when it goes down.
/// </summary>
internal sealed class AdjRibOut : IRouteReader
{
    // A list longer than that is given back once it is dealt with.
    private const int KeptPending = 16_384;

    private readonly RouteTable _table;
    private readonly ImmutableArray<BgpAddressFamily> _families;
    private readonly WireContext _context;
    private readonly UpdatePacker _packer;
    private readonly PagedArray<PathSet?> _advertised = new();
    private readonly bool _sendsIPv4;
    private readonly bool _sendsIPv6;
    private ExportPolicy _policy;
    private List<int> _pending = [];
    private int _pendingAt;
    private long _seen;
    private bool _endOfRibSent;
    private RefreshScope? _refreshWanted;
    private RefreshScope? _refreshing;

    /// <param name="context">The sending direction.</param>
    public AdjRibOut(RouteTable table, ExportPolicy policy, ImmutableArray<BgpAddressFamily> families, in WireContext context)
    {
        _table = table;
        _policy = policy;
        _families = families;
        _sendsIPv4 = families.Contains(BgpAddressFamily.IPv4Unicast);
        _sendsIPv6 = families.Contains(BgpAddressFamily.IPv6Unicast);
        _context = context;
        _packer = new UpdatePacker(table, policy, context);
        lock (table.Sync) table.AddReader(this);
    }

    public long CompletedVersion { get; private set; }

    /// <summary>Paths that the peer has from us.</summary>
    public long PathsAdvertised { get; private set; }

    /// <summary>UPDATE messages written since the session came up.</summary>
    public long MessagesWritten => _packer.MessagesWritten;

    /// <summary>Stops following the table.</summary>
    public void Close()
    {
        lock (_table.Sync) _table.RemoveReader(this);
    }

    /// <summary>Sends everything of a family again (RFC 2918), or of all families when it is null; one that was not negotiated is ignored.</summary>
    public void Refresh(BgpAddressFamily? family)
    {
        if (family is { } one && !_families.Contains(one)) return;
        lock (_table.Sync)
        {
            _refreshWanted = _refreshWanted is { } wanted && wanted.Family != family ? new(null) : new(family);
        }
    }

    /// <summary>Goes over to other attributes or another rank: everything is sent again.</summary>
    public void ChangePolicy(ExportPolicy policy)
    {
        lock (_table.Sync)
        {
            // What is still to be refreshed of a single family is part of everything.
            _policy = policy;
            _packer.ChangePolicy(policy);
            _refreshWanted = new(null);
        }
    }

    /// <summary>Withdraws everything that the peer has, instead of following the table any further.</summary>
    /// <returns>Whether there is more to write.</returns>
    public bool WithdrawAll(IBufferWriter<byte> output)
    {
        lock (_table.Sync)
        {
            UpdateBatch batch = _table.Batch;
            batch.Clear();
            int slot = 0;
            for (; slot < _advertised.Capacity && !batch.IsFull; slot++)
            {
                if (_advertised[slot] is not null) Step(slot, null, again: false, batch);
            }

            _packer.Write(batch, output);
            return slot < _advertised.Capacity;
        }
    }

    /// <summary>Writes the next batch of messages.</summary>
    /// <returns>Whether there is more to write.</returns>
    public bool Fill(IBufferWriter<byte> output)
    {
        lock (_table.Sync)
        {
            if (_pendingAt == _pending.Count) Collect();
            UpdateBatch batch = _table.Batch;
            batch.Clear();
            _advertised.EnsureCapacity(_table.SlotCount);
            while (_pendingAt < _pending.Count && !batch.IsFull)
            {
                int slot = _pending[_pendingAt++];
                ref RouteSlot route = ref _table[slot];
                PathSet? wanted = (route.Prefix.IsIPv6 ? _sendsIPv6 : _sendsIPv4) ? route.Paths : null;
                Step(slot, wanted, _refreshing is { } scope && scope.Covers(route.Prefix), batch);
            }

            _packer.Write(batch, output);
            if (_pendingAt < _pending.Count) return true;
            CompletedVersion = _seen;
            _refreshing = null;
            if (_pending.Capacity > KeptPending) (_pending, _pendingAt) = ([], 0);
            if (!_endOfRibSent)
            {
                foreach (BgpAddressFamily family in _families) _packer.WriteEndOfRib(family, output);
                _endOfRibSent = true;
            }

            return _refreshWanted is not null;
        }
    }

    /// <summary>Whether <see cref="Fill"/> would write anything.</summary>
    public bool HasWork
    {
        get
        {
            lock (_table.Sync) return _pendingAt < _pending.Count || _seen < _table.Version || !_endOfRibSent || _refreshWanted is not null;
        }
    }

    public ImmutableArray<BgpAdvertisedPath> ToPaths(string peer)
    {
        lock (_table.Sync)
        {
            ImmutableArray<BgpAdvertisedPath>.Builder paths = ImmutableArray.CreateBuilder<BgpAdvertisedPath>();
            for (int slot = 0; slot < Math.Min(_advertised.Capacity, _table.SlotCount); slot++)
            {
                if (_advertised[slot] is not { } set) continue;
                IPPrefix prefix = _table[slot].Prefix;
                PathAttributes attributes = _policy.Apply(set.Attributes);
                bool addPath = _context.AddPath(prefix.Family);
                foreach (PathEntry path in addPath ? set.Paths : [Single(set)])
                {
                    paths.Add(new(peer, prefix, addPath ? path.PathId : null, path.NextHop, attributes));
                }
            }

            // Stable, so that the ranks of a prefix stay in order.
            return [.. paths.OrderBy(static path => path.Prefix)];
        }
    }

    /// <summary>The first prefixes that the peer has, in order.</summary>
    public ImmutableArray<IPPrefix> ToPrefixes(int most)
    {
        List<IPPrefix> prefixes = [];
        lock (_table.Sync)
        {
            for (int slot = 0; slot < Math.Min(_advertised.Capacity, _table.SlotCount); slot++)
            {
                if (_advertised[slot] is not null) prefixes.Add(_table[slot].Prefix);
            }
        }

        prefixes.Sort();
        return [.. prefixes.Take(most)];
    }

    private void Collect()
    {
        _pending.Clear();
        _pendingAt = 0;
        // A refresh goes over everything; what changed meanwhile is among it.
        _refreshing = _refreshWanted;
        _refreshWanted = null;
        _table.CollectChanged(_refreshing is null ? _seen : 0, _pending);
        _seen = _table.Version;
    }

    private void Step(int slot, PathSet? wanted, bool again, UpdateBatch batch)
    {
        ref PathSet? has = ref _advertised[slot];
        if (!again && (ReferenceEquals(has, wanted) || (has is not null && has.Equals(wanted))))
        {
            has = wanted;
            return;
        }

        if (_context.AddPath(_table[slot].Prefix.Family)) StepMany(slot, has, wanted, again, batch);
        else StepOne(slot, has, wanted, again, batch);
        has = wanted;
    }

    private void StepOne(int slot, PathSet? has, PathSet? wanted, bool again, UpdateBatch batch)
    {
        if (wanted is null)
        {
            if (has is null) return;
            batch.Withdraw(slot, 0, has.IsIPv6);
            PathsAdvertised--;
            return;
        }

        PathEntry path = Single(wanted);
        if (has is null) PathsAdvertised++;
        else if (!again && Single(has).NextHop.Equals(path.NextHop) && has.Attributes.Equals(wanted.Attributes)) return;
        batch.Announce(slot, path, wanted.Attributes);
    }

    // Both lists are in order of identifier. Announcements of a batch go out before its withdrawals, so a prefix that
    // exchanges its next hops is never without one.
    private void StepMany(int slot, PathSet? has, PathSet? wanted, bool again, UpdateBatch batch)
    {
        ReadOnlySpan<PathEntry> before = has is null ? [] : has.ById.AsSpan();
        ReadOnlySpan<PathEntry> after = wanted is null ? [] : wanted.ById.AsSpan();
        bool sameAttributes = !again && has is not null && wanted is not null && has.Attributes.Equals(wanted.Attributes);
        int b = 0;
        foreach (ref readonly PathEntry path in after)
        {
            while (b < before.Length && before[b].PathId < path.PathId) batch.Withdraw(slot, before[b++].PathId, has!.IsIPv6);
            bool known = b < before.Length && before[b].PathId == path.PathId;
            if (!known || !sameAttributes || !before[b].NextHop.Equals(path.NextHop)) batch.Announce(slot, path, wanted!.Attributes);
            if (known) b++;
        }

        while (b < before.Length) batch.Withdraw(slot, before[b++].PathId, has!.IsIPv6);
        PathsAdvertised += after.Length - before.Length;
    }

    private PathEntry Single(PathSet set) => set.Paths[_policy.PathRank % set.Paths.Length];

    /// <summary>What a refresh covers: one family, or all.</summary>
    private readonly record struct RefreshScope(BgpAddressFamily? Family)
    {
        public bool Covers(in IPPrefix prefix) => Family is null || prefix.Family == Family;
    }
}
