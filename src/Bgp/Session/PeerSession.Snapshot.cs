using System.Collections.Immutable;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>What others may know of the session, and those who wait for something of it.</summary>
internal sealed partial class PeerSession
{
    private readonly MessageCounts _sent;
    private readonly MessageCounts _received;
    private readonly List<Waiter> _waiters = [];
    private string? _lastError;
    private DateTimeOffset? _establishedTime;
    private long _flaps;

    public BgpSessionInfo ToInfo()
    {
        lock (_sync)
        {
            SessionConnection? connection = EstablishedConnection ?? _connections[0] ?? _connections[1];
            NegotiatedSession? negotiated = connection?.Negotiated;
            return new BgpSessionInfo
            {
                Peer = _peer.Name,
                PeerAddress = _peer.PeerAddress,
                PeerAsn = _peer.PeerAsn,
                LocalAddress = connection?.LocalEndPoint.Address ?? _peer.LocalAddress,
                LocalAsn = LocalAsn,
                State = _state.State,
                LastError = _lastError,
                EstablishedTime = _establishedTime,
                Flaps = _flaps,
                HoldTime = negotiated?.HoldTime,
                KeepaliveTime = negotiated?.KeepaliveTime,
                PeerBgpIdentifier = negotiated is null ? null : IPPrefix.FromIPv4(negotiated.PeerOpen.BgpIdentifier, 32).Address,
                PeerCapabilities = negotiated?.PeerOpen.Capabilities ?? [],
                Families = negotiated?.Families ?? [],
                AddPathSend = AddPathFamilies(negotiated, negotiated?.Send),
                AddPathReceive = AddPathFamilies(negotiated, negotiated?.Receive),
                PathsAdvertised = _out?.PathsAdvertised ?? 0,
                PathsReceived = _in?.PathsReceived ?? 0,
                WithdrawalsReceived = _in?.WithdrawalsReceived ?? 0,
                OwnAsnDropped = _in?.OwnAsnDropped ?? 0,
                EndOfRibReceived = _in?.EndOfRibReceived ?? false,
                Sent = _sent.ToCounters(),
                Received = _received.ToCounters(),
            };
        }
    }

    public ImmutableArray<BgpReceivedPath> ToReceivedPaths()
    {
        lock (_sync) return _in?.ToPaths(_peer.Name) ?? [];
    }

    public ImmutableArray<BgpAdvertisedPath> ToAdvertisedPaths()
    {
        lock (_sync) return _out?.ToPaths(_peer.Name) ?? [];
    }

    /// <summary>Waits until the session satisfies a condition.</summary>
    public Task<BgpSessionInfo> WaitAsync(Func<BgpSessionInfo, bool> condition, CancellationToken cancellationToken) =>
        WaitAsync(session => condition(session.ToInfo()), session => session.ToInfo(), cancellationToken);

    /// <summary>Waits until everything up to a version of the table is with the transport, or there is no session to send it on.</summary>
    public Task FlushAsync(long version, CancellationToken cancellationToken) =>
        WaitAsync(
            session => session._out is null || (session._out.CompletedVersion >= version && session.EstablishedConnection is { IsSending: false, Unsent: 0 }),
            static _ => true,
            cancellationToken);

    private async Task<T> WaitAsync<T>(Func<PeerSession, bool> condition, Func<PeerSession, T> result, CancellationToken cancellationToken)
    {
        Waiter waiter = new(condition);
        lock (_sync)
        {
            if (condition(this)) return result(this);
            if (_stopped) throw new OperationCanceledException($"Peer {_peer.Name} has been stopped.");
            _waiters.Add(waiter);
        }

        await using (cancellationToken.Register(() => waiter.Done.TrySetCanceled(cancellationToken)).ConfigureAwait(false))
        {
            try
            {
                await waiter.Done.Task.ConfigureAwait(false);
            }
            finally
            {
                lock (_sync) _waiters.Remove(waiter);
            }
        }

        lock (_sync) return result(this);
    }

    private bool _stopped;

    private void CheckWaiters()
    {
        for (int i = _waiters.Count - 1; i >= 0; i--)
        {
            Waiter waiter = _waiters[i];
            if (!waiter.Condition(this)) continue;
            _waiters.RemoveAt(i);
            waiter.Done.TrySetResult();
        }
    }

    private void CancelWaiters()
    {
        lock (_sync)
        {
            _stopped = true;
            foreach (Waiter waiter in _waiters) waiter.Done.TrySetCanceled();
            _waiters.Clear();
        }
    }

    private static ImmutableArray<BgpAddressFamily> AddPathFamilies(NegotiatedSession? negotiated, WireContext? context) =>
        negotiated is null || context is null ? [] : [.. negotiated.Families.Where(context.Value.AddPath)];

    private sealed record Waiter(Func<PeerSession, bool> Condition)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
