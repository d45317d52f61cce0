using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp.Routes;

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
    public BgpSpeaker(BgpSpeakerOptions options) => throw new NotImplementedException();

    /// <summary>Where the speaker listens, with the ports that the host chose.</summary>
    public ImmutableArray<IPEndPoint> ListenEndPoints => throw new NotImplementedException();

    /// <summary>Opens the listeners and starts every peer.</summary>
    /// <exception cref="Transport.BgpTransportException">A listener could not be opened; none is open then.</exception>
    public void Start() => throw new NotImplementedException();

    /// <summary>Adds a peer and starts it if the speaker runs.</summary>
    /// <exception cref="ArgumentException">A peer of that name exists, or the options are not valid; the message names the option and value.</exception>
    public void AddPeer(BgpPeerOptions peer) => throw new NotImplementedException();

    /// <summary>Changes the peer of that name. The session stays up when only what is sent or kept changes; it is reset when the connection or its OPEN would differ.</summary>
    /// <returns>False when nothing differs.</returns>
    public bool UpdatePeer(BgpPeerOptions peer) => throw new NotImplementedException();

    /// <summary>Ends the session (Cease 6/3) and forgets the peer.</summary>
    /// <returns>False when there is none of that name.</returns>
    public ValueTask<bool> RemovePeerAsync(string name, BgpStopMode mode = BgpStopMode.Shutdown, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ImmutableArray<BgpPeerOptions> Peers => throw new NotImplementedException();

    /// <summary>Declares the whole desired set; only the difference reaches the wire.</summary>
    /// <exception cref="ArgumentException">A next hop of another family than its prefix; nothing is changed then.</exception>
    public void SetRoutes(IEnumerable<Route> routes) => throw new NotImplementedException();

    /// <summary>Applies changes in order to the desired set.</summary>
    public void ApplyRoutes(IEnumerable<RouteChange> changes) => throw new NotImplementedException();

    /// <summary>The desired set, in order of prefix.</summary>
    public ImmutableArray<Route> GetRoutes() => throw new NotImplementedException();

    /// <summary>All sessions, in order of peer name.</summary>
    public ImmutableArray<BgpSessionInfo> GetSessions() => throw new NotImplementedException();

    /// <summary>Null when there is no such peer.</summary>
    public BgpSessionInfo? GetSession(string name) => throw new NotImplementedException();

    /// <summary>Completes when the session satisfies the condition, checked now and at every change of it.</summary>
    public Task<BgpSessionInfo> WaitForSessionAsync(string name, Func<BgpSessionInfo, bool> condition, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Completes when everything declared so far is written to every session that is Established now.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What a peer has sent, in order of prefix and path identifier; empty unless its routes are kept.</summary>
    public ImmutableArray<BgpReceivedPath> GetReceivedRoutes(string name) => throw new NotImplementedException();

    /// <summary>What a peer has from us, in order of prefix and rank.</summary>
    public ImmutableArray<BgpAdvertisedPath> GetAdvertisedRoutes(string name) => throw new NotImplementedException();

    /// <summary>Ends the session with Cease 6/4 and starts again; with <paramref name="soft"/> it stays, our routes are sent again and the peer's asked for (RFC 2918).</summary>
    /// <returns>False when there is no such peer, or it is not Established and <paramref name="soft"/> was asked.</returns>
    public bool ResetSession(string name, bool soft = false) => throw new NotImplementedException();

    /// <summary>Ends every session and the listeners. Bounded: a peer that does not read is cut off after two seconds.</summary>
    public Task StopAsync(BgpStopMode mode = BgpStopMode.Shutdown, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
