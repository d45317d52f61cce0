using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Rib;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp;

/// <summary>How a speaker or a session ends.</summary>
public enum BgpStopMode
{
    /// <summary>Withdraw everything, then Cease (6/2, or 6/3 for a removed peer).</summary>
    Shutdown,

    /// <summary>R24's planned restart: no withdrawal, close without NOTIFICATION, so that a peer with graceful restart keeps the routes.</summary>
    PlannedRestart,
}

/// <summary>
/// A BGP speaker: many peers, one desired set of routes. Thread-safe. Nothing connects before <see cref="Start"/>.
/// </summary>
public sealed class BgpSpeaker : IAsyncDisposable
{
    private readonly BgpSpeakerOptions _options;
    private readonly SessionEnvironment _environment;
    private readonly SpeakerListeners _listeners;
    private readonly SortedDictionary<string, PeerSession> _peers = new(StringComparer.Ordinal);
    private readonly Lock _sync = new();
    private PeerSession[] _sessions = [];
    private bool _started;
    private bool _stopped;

    public BgpSpeaker(BgpSpeakerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        IBgpTransport transport = options.Transport ?? new TcpTransport();
        Random random = options.Seed is { } seed ? new Random(seed) : new Random();
        _environment = new SessionEnvironment(options, transport, new RouteTable(), random);
        _listeners = new SpeakerListeners(transport, options.TimeProvider, options.Observer, FindAcceptor);
    }

    /// <summary>Where the speaker listens, with the ports that the host chose.</summary>
    public ImmutableArray<IPEndPoint> ListenEndPoints => _listeners.EndPoints;

    public ImmutableArray<BgpPeerOptions> Peers => [.. Volatile.Read(ref _sessions).Select(session => session.Peer)];

    /// <summary>Opens the listeners and starts every peer.</summary>
    /// <exception cref="BgpTransportException">A listener could not be opened or given a key; none is open then.</exception>
    public void Start()
    {
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_started) return;
            _listeners.Open(_options.Listen, _peers.Values.Select(session => session.Peer));
            _started = true;
            foreach (PeerSession session in _peers.Values) session.Post(new(SessionEventType.Start));
            RouteWarmUp.Start();
        }
    }

    /// <summary>Adds a peer and starts it if the speaker runs.</summary>
    /// <exception cref="ArgumentException">A peer of that name exists, or the options are not valid; the message names the option and value.</exception>
    public void AddPeer(BgpPeerOptions peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        PeerOptionsValidation.Check(peer, _options.LocalAsn);
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_peers.ContainsKey(peer.Name)) throw new ArgumentException($"A peer named '{peer.Name}' exists already.", nameof(peer));
            _listeners.SetPassword(peer.PeerAddress, Configured(null).Append(peer));
            PeerSession session = new(_environment, peer);
            _peers.Add(peer.Name, session);
            Volatile.Write(ref _sessions, [.. _peers.Values]);
            if (_started) session.Post(new(SessionEventType.Start));
        }
    }

    /// <summary>Changes the peer of that name. The session stays up when only what is sent changes; it is reset (Cease 6/6) when the connection or its OPEN would differ.</summary>
    /// <returns>False when nothing differs.</returns>
    /// <exception cref="ArgumentException">There is no such peer, or the options are not valid.</exception>
    public bool UpdatePeer(BgpPeerOptions peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        PeerOptionsValidation.Check(peer, _options.LocalAsn);
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (!_peers.TryGetValue(peer.Name, out PeerSession? session)) throw new ArgumentException($"There is no peer named '{peer.Name}'.", nameof(peer));
            BgpPeerOptions before = session.Peer;
            if (!PeerOptionsChange.Differs(before, peer)) return false;
            IEnumerable<BgpPeerOptions> after = Configured(session).Append(peer);
            _listeners.SetPassword(peer.PeerAddress, after);
            _listeners.SetPassword(before.PeerAddress, after);
            session.PostConfiguration(peer);
            return true;
        }
    }

    /// <summary>Ends the session (Cease 6/3) and forgets the peer.</summary>
    /// <returns>False when there is none of that name.</returns>
    public async ValueTask<bool> RemovePeerAsync(string name, BgpStopMode mode = BgpStopMode.Shutdown, CancellationToken cancellationToken = default)
    {
        PeerSession? session;
        lock (_sync)
        {
            if (!_peers.TryGetValue(name, out session)) return false;
            _listeners.SetPassword(session.Peer.PeerAddress, Configured(session));
            _peers.Remove(name);
            Volatile.Write(ref _sessions, [.. _peers.Values]);
        }

        await session.StopAsync(mode, CeaseSubcode.PeerDeconfigured).WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Declares the whole desired set; only the difference reaches the wire.</summary>
    /// <exception cref="ArgumentException">A next hop of another family than its prefix; nothing is changed then.</exception>
    public void SetRoutes(IEnumerable<Route> routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ReadOnlySpan<Route> set = Declared.AsSpan(routes);
        foreach (ref readonly Route route in set) CheckRoute(route.Prefix, route.Paths ?? throw new ArgumentException($"Route {route.Prefix} has no paths.", nameof(routes)));
        bool changed;
        lock (_environment.Table.Sync) changed = _environment.Table.Replace(set);
        if (changed) Announce();
    }

    /// <summary>Applies changes in order to the desired set.</summary>
    /// <exception cref="ArgumentException">A next hop of another family than its prefix; nothing is changed then.</exception>
    public void ApplyRoutes(IEnumerable<RouteChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ReadOnlySpan<RouteChange> set = Declared.AsSpan(changes);
        foreach (ref readonly RouteChange change in set)
        {
            if (change.Paths is not null) CheckRoute(change.Prefix, change.Paths);
        }

        bool changed;
        lock (_environment.Table.Sync) changed = _environment.Table.Apply(set);
        if (changed) Announce();
    }

    /// <summary>The desired set, in order of prefix.</summary>
    public ImmutableArray<Route> GetRoutes()
    {
        lock (_environment.Table.Sync) return _environment.Table.ToRoutes();
    }

    /// <summary>How many prefixes are desired.</summary>
    public int RouteCount
    {
        get
        {
            lock (_environment.Table.Sync) return _environment.Table.Count;
        }
    }

    /// <summary>The desired paths of one prefix; null when it is not announced.</summary>
    public PathSet? GetRoute(IPPrefix prefix)
    {
        lock (_environment.Table.Sync)
        {
            int slot = _environment.Table.Find(prefix);
            return slot < 0 ? null : _environment.Table[slot].Paths;
        }
    }

    /// <summary>All sessions, in order of peer name.</summary>
    public ImmutableArray<BgpSessionInfo> GetSessions() => [.. Volatile.Read(ref _sessions).Select(session => session.ToInfo())];

    /// <summary>Null when there is no such peer.</summary>
    public BgpSessionInfo? GetSession(string name) => Find(name)?.ToInfo();

    /// <summary>Completes when the session satisfies the condition, checked now and at every change of it.</summary>
    /// <exception cref="ArgumentException">There is no such peer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the peer was removed meanwhile.</exception>
    public Task<BgpSessionInfo> WaitForSessionAsync(string name, Func<BgpSessionInfo, bool> condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        PeerSession session = Find(name) ?? throw new ArgumentException($"There is no peer named '{name}'.", nameof(name));
        return session.WaitAsync(condition, cancellationToken);
    }

    /// <summary>Completes when everything declared so far is written to every session that is Established now.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        long version;
        lock (_environment.Table.Sync) version = _environment.Table.Version;
        return Task.WhenAll(Volatile.Read(ref _sessions).Select(session => session.FlushAsync(version, cancellationToken)));
    }

    /// <summary>What a peer has sent, in order of prefix and path identifier; empty unless its routes are kept.</summary>
    public ImmutableArray<BgpReceivedPath> GetReceivedRoutes(string name) => Find(name)?.ToReceivedPaths() ?? [];

    /// <summary>What a peer has from us, in order of prefix and rank.</summary>
    public ImmutableArray<BgpAdvertisedPath> GetAdvertisedRoutes(string name) => Find(name)?.ToAdvertisedPaths() ?? [];

    /// <summary>The first prefixes that a peer has from us, in order; of a hundred next hops each is named once.</summary>
    public ImmutableArray<IPPrefix> GetAdvertisedPrefixes(string name, int most) => Find(name)?.ToAdvertisedPrefixes(most) ?? [];

    /// <summary>Ends the session with Cease 6/4 and starts again; with <paramref name="soft"/> it stays, our routes are sent again and the peer's asked for (RFC 2918).</summary>
    /// <returns>False when there is no such peer, or it is not Established and <paramref name="soft"/> was asked.</returns>
    public bool ResetSession(string name, bool soft = false)
    {
        if (Find(name) is not { } session) return false;
        if (soft && session.ToInfo().State != BgpSessionState.Established) return false;
        session.Post(soft ? new(SessionEventType.Refresh) : new(SessionEventType.Reset, null, "reset by the operator"));
        return true;
    }

    /// <summary>Ends every session and the listeners. Bounded: a peer that does not read is cut off after two seconds.</summary>
    public async Task StopAsync(BgpStopMode mode = BgpStopMode.Shutdown, CancellationToken cancellationToken = default)
    {
        PeerSession[] sessions;
        lock (_sync)
        {
            _stopped = true;
            sessions = [.. _peers.Values];
            _peers.Clear();
            Volatile.Write(ref _sessions, []);
        }

        await _listeners.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(sessions.Select(session => session.StopAsync(mode, CeaseSubcode.AdministrativeShutdown)))
            .WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private PeerSession? Find(string name)
    {
        lock (_sync) return _peers.GetValueOrDefault(name);
    }

    private IEnumerable<BgpPeerOptions> Configured(PeerSession? without) =>
        _peers.Values.Where(session => session != without).Select(session => session.Peer);

    private PeerSession? FindAcceptor(IPEndPoint local, IPEndPoint remote)
    {
        lock (_sync)
        {
            PeerSession? any = null;
            foreach (PeerSession session in _peers.Values)
            {
                BgpPeerOptions peer = session.Peer;
                if (!peer.Accept || !peer.PeerAddress.Equals(remote.Address)) continue;
                if (peer.LocalAddress is null) any ??= session;
                else if (peer.LocalAddress.Equals(local.Address)) return session;
            }

            return any;
        }
    }

    private void Announce()
    {
        foreach (PeerSession session in Volatile.Read(ref _sessions)) session.PostRoutesChanged();
    }

    private static void CheckRoute(in IPPrefix prefix, PathSet paths)
    {
        if (paths.IsIPv6 != prefix.IsIPv6)
        {
            throw new ArgumentException($"Route {prefix} has the next hop {paths.Paths[0].NextHop}, which is of the other address family.");
        }
    }
}
