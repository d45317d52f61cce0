using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Node.Tests.Agent;

/// <summary>A router in memory that takes sessions from floating IPs, and several paths a prefix.</summary>
internal sealed class TestRouter : IBgpObserver, IAsyncDisposable
{
    private readonly TaskCompletionSource _notified = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _notifications;

    public TestRouter(MemoryTransport transport, TimeProvider time, IPAddress address, params IEnumerable<IPAddress> floatingIPs)
    {
        Address = address;
        Speaker = new(new() { LocalAsn = AgentCluster.RouterAsn, TimeProvider = time, Transport = transport, Seed = 7, Listen = [new(address, 179)], Observer = this });
        foreach (IPAddress floatingIP in floatingIPs)
        {
            Speaker.AddPeer(new()
            {
                PeerAddress = floatingIP,
                PeerAsn = AgentCluster.LocalAsn,
                LocalAddress = address,
                Connect = false,
                Accept = true,
                AddPath = AddPathMode.Receive,
                GracefulRestart = GracefulRestartOptions.Default,
                KeepReceivedRoutes = true,
            });
        }

        Speaker.Start();
    }

    public IPAddress Address { get; }

    public BgpSpeaker Speaker { get; }

    /// <summary>NOTIFICATIONs that came in.</summary>
    public int Notifications => Volatile.Read(ref _notifications);

    public void NotificationReceived(string peer, NotificationMessage notification)
    {
        Interlocked.Increment(ref _notifications);
        _notified.TrySetResult();
    }

    public BgpSessionInfo Session(IPAddress floatingIP) => Speaker.GetSession(floatingIP.ToString())!;

    public Task<BgpSessionInfo> Established(IPAddress floatingIP, CancellationToken cancellationToken) => Until(floatingIP, session => session.State == BgpSessionState.Established, cancellationToken);

    public Task<BgpSessionInfo> Down(IPAddress floatingIP, CancellationToken cancellationToken) => Until(floatingIP, session => session.State != BgpSessionState.Established, cancellationToken);

    /// <summary>Waits for a NOTIFICATION: that a session is down can be seen a moment before the observer hears why.</summary>
    public Task Notified() => _notified.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>What it has been sent by a floating IP, each as <c>prefix next-hop</c>, in order.</summary>
    public string[] Routes(IPAddress floatingIP) => [.. Speaker.GetReceivedRoutes(floatingIP.ToString()).Select(path => $"{path.Prefix} {path.NextHop}").Order(StringComparer.Ordinal)];

    // By virtual time nothing takes long here: this only keeps a fault from hanging.
    private Task<BgpSessionInfo> Until(IPAddress floatingIP, Func<BgpSessionInfo, bool> condition, CancellationToken cancellationToken) =>
        Speaker.WaitForSessionAsync(floatingIP.ToString(), condition, cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);

    public ValueTask DisposeAsync() => Speaker.DisposeAsync();
}
