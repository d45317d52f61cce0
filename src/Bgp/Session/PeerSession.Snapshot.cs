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
                PeerPort = _peer.PeerPort,
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

    public ImmutableArray<IPPrefix> ToAdvertisedPrefixes(int most)
    {
        lock (_sync) return _out?.ToPrefixes(most) ?? [];
    }

    /// <summary>Waits until the session satisfies a condition, and gives what satisfied it.</summary>
    public Task<BgpSessionInfo> WaitAsync(Func<BgpSessionInfo, bool> condition, CancellationToken cancellationToken) =>
        WaitAsync(() => ToInfo() is { } info && condition(info) ? info : null, cancellationToken);

    /// <summary>Waits until everything up to a version of the table is with the transport, or there is no session to send it on.</summary>
    public Task FlushAsync(long version, CancellationToken cancellationToken) =>
        WaitAsync(() => IsFlushed(version) ? ToInfo() : null, cancellationToken);

    private bool IsFlushed(long version)
    {
        lock (_sync) return _out is null || (_out.CompletedVersion >= version && EstablishedConnection is { IsSending: false, Unsent: 0 });
    }

    private async Task<BgpSessionInfo> WaitAsync(Func<BgpSessionInfo?> satisfied, CancellationToken cancellationToken)
    {
        Waiter waiter = new(satisfied);
        bool stopped;
        lock (_sync)
        {
            stopped = _stopped;
            if (!stopped) _waiters.Add(waiter);
        }

        try
        {
            // Only now, when no change can pass unnoticed any more.
            waiter.Check();
            if (stopped) waiter.Done.TrySetException(new OperationCanceledException($"Peer {_peer.Name} has been stopped."));
            await using (cancellationToken.Register(() => waiter.Done.TrySetCanceled(cancellationToken)).ConfigureAwait(false))
            {
                return await waiter.Done.Task.ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_sync) _waiters.Remove(waiter);
        }
    }

    private bool _stopped;

    // Callers' conditions run outside the lock, since they may look at other sessions.
    private void CheckWaiters()
    {
        Waiter[] waiters;
        lock (_sync)
        {
            if (_waiters.Count == 0) return;
            waiters = [.. _waiters];
        }

        foreach (Waiter waiter in waiters) waiter.Check();
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

    private sealed class Waiter(Func<BgpSessionInfo?> satisfied)
    {
        public TaskCompletionSource<BgpSessionInfo> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>A condition that throws fails the wait, not the session.</summary>
        public void Check()
        {
            if (Done.Task.IsCompleted) return;
            try
            {
                if (satisfied() is { } info) Done.TrySetResult(info);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Done.TrySetException(fault);
            }
        }
    }
}
