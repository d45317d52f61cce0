using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Interop.Tests.Lab;

namespace BgpLoadBalancer.Interop.Tests.Speakers;

/// <summary>A speaker of ours with one peer. It runs in the test process, its sockets in the namespace of a host.</summary>
internal sealed class SpeakerHost : IAsyncDisposable
{
    private static readonly TimeSpan EstablishLimit = TimeSpan.FromSeconds(30);
    private readonly RecordingObserver _observer = new();
    private readonly Func<string> _routerLog;

    public SpeakerHost(NetworkNamespace host, BgpPeerOptions peer, Func<string> routerLog, bool listen = false)
    {
        _routerLog = routerLog;
        PeerName = peer.Name;
        Speaker = new(new BgpSpeakerOptions
        {
            Transport = new TcpTransport(host.CreateSocket),
            Observer = _observer,
            Seed = 1,
            Listen = listen ? [new IPEndPoint(peer.LocalAddress!, 179)] : [],
        });
        Speaker.AddPeer(peer);
        Speaker.Start();
    }

    public BgpSpeaker Speaker { get; }

    public string PeerName { get; }

    public BgpSessionInfo Session => Speaker.GetSession(PeerName)!;

    public string Log() => $"--- speaker\n{_observer.Text}\n{_routerLog()}";

    /// <returns>How long it took.</returns>
    public Task<TimeSpan> EstablishAsync() => EstablishAsync(EstablishLimit);

    public Task<TimeSpan> EstablishAsync(TimeSpan limit) =>
        BecomesAsync("our session is Established", session => session.State == BgpSessionState.Established, limit);

    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> BecomesAsync(string what, Func<BgpSessionInfo, bool> isRight, TimeSpan limit) =>
        (await Eventually.BecomesAsync(what, () => Task.FromResult(Session), isRight, limit, Log)).Elapsed;

    /// <summary>Declares the whole set of routes: each prefix with its next hops.</summary>
    public void Announce(params (string Prefix, IPAddress[] NextHops)[] routes) =>
        Speaker.SetRoutes(routes.Select(route => new Route(IPPrefix.Parse(route.Prefix, null), new PathSet(route.NextHops))));

    public async ValueTask DisposeAsync() => await Speaker.DisposeAsync();
}
