using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>A cluster's speaker and a router's, in memory and on a virtual clock.</summary>
internal sealed class SpeakerPair : IAsyncDisposable
{
    public const uint ClusterAsn = 65_001;
    public const uint RouterAsn = 65_000;
    public const string Router = "router";
    public const string Node = "node";

    public static readonly IPAddress NodeAddress = IPAddress.Parse("10.0.1.10");
    public static readonly IPAddress RouterAddress = IPAddress.Parse("10.0.1.1");

    public SpeakerPair(Func<BgpPeerOptions, BgpPeerOptions>? cluster = null, Func<BgpPeerOptions, BgpPeerOptions>? router = null, IBgpObserver? observer = null)
    {
        ToRouter = new BgpPeerOptions { Name = Router, PeerAddress = RouterAddress, PeerAsn = RouterAsn, LocalAddress = NodeAddress };
        ToNode = new BgpPeerOptions
        {
            Name = Node,
            PeerAddress = NodeAddress,
            PeerAsn = ClusterAsn,
            LocalAddress = RouterAddress,
            Connect = false,
            Accept = true,
            AddPath = AddPathMode.Receive,
            KeepReceivedRoutes = true,
        };
        ToRouter = cluster?.Invoke(ToRouter) ?? ToRouter;
        ToNode = router?.Invoke(ToNode) ?? ToNode;
        ClusterSpeaker = new BgpSpeaker(new() { LocalAsn = ClusterAsn, TimeProvider = Time, Transport = Transport, Seed = 1, Observer = observer, Listen = [new(NodeAddress, 179)] });
        RouterSpeaker = new BgpSpeaker(new() { LocalAsn = RouterAsn, TimeProvider = Time, Transport = Transport, Seed = 2, Listen = [new(RouterAddress, 179)] });
        ClusterSpeaker.AddPeer(ToRouter);
        RouterSpeaker.AddPeer(ToNode);
    }

    public FakeTimeProvider Time { get; } = new();

    public MemoryTransport Transport { get; } = new();

    public BgpPeerOptions ToRouter { get; }

    public BgpPeerOptions ToNode { get; }

    public BgpSpeaker ClusterSpeaker { get; }

    public BgpSpeaker RouterSpeaker { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task EstablishAsync()
    {
        RouterSpeaker.Start();
        ClusterSpeaker.Start();
        // With the last message of the exchange: one still on its way would restart a hold timer after the clock has moved.
        await Cluster(session => session.EndOfRibReceived);
        await RouterSees(session => session.EndOfRibReceived);
    }

    public Task<BgpSessionInfo> ClusterIs(BgpSessionState state) => Cluster(session => session.State == state);

    public Task<BgpSessionInfo> RouterIs(BgpSessionState state) => RouterSees(session => session.State == state);

    public Task<BgpSessionInfo> Cluster(Func<BgpSessionInfo, bool> condition) => ClusterSpeaker.WaitForSessionAsync(Router, condition, Stop);

    public Task<BgpSessionInfo> RouterSees(Func<BgpSessionInfo, bool> condition) => RouterSpeaker.WaitForSessionAsync(Node, condition, Stop);

    public async ValueTask DisposeAsync()
    {
        Task stopped = Task.WhenAll(ClusterSpeaker.DisposeAsync().AsTask(), RouterSpeaker.DisposeAsync().AsTask());
        // A connection that was cut is given two seconds to end; nobody else moves this clock.
        while (!stopped.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await stopped;
    }
}
