using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using Prometheus;

namespace BgpLoadBalancer.Advertiser.Health;

/// <summary>The metrics of the sessions, taken at each scrape.</summary>
internal sealed class AdvertiserMetrics
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly Gauge _up;
    private readonly Gauge _state;
    private readonly Gauge _established;
    private readonly Gauge _pathsAdvertised;
    private readonly Gauge _pathsReceived;
    private readonly Counter _flaps;
    private readonly Counter _messages;
    private readonly Counter _ownAsnDropped;
    private readonly Gauge _announced;
    private readonly Gauge _configValid;

    public AdvertiserMetrics(AdvertiserStatus status)
    {
        MetricFactory metrics = Metrics.WithCustomRegistry(_registry);
        _up = metrics.CreateGauge("bgp_session_up", "1 while the session is Established.", "peer");
        _state = metrics.CreateGauge("bgp_session_state", "1 Idle, 2 Connect, 3 Active, 4 OpenSent, 5 OpenConfirm, 6 Established.", "peer");
        _established = metrics.CreateGauge("bgp_session_established_timestamp_seconds", "When the session was established; 0 while it is not.", "peer");
        _flaps = metrics.CreateCounter("bgp_session_flaps_total", "How often the session has left Established.", "peer");
        _messages = metrics.CreateCounter("bgp_messages_total", "BGP messages.", "peer", "direction", "type");
        _pathsAdvertised = metrics.CreateGauge("bgp_paths_advertised", "Paths that the peer has from us.", "peer");
        _pathsReceived = metrics.CreateGauge("bgp_paths_received", "Paths that the peer has announced in this session.", "peer");
        _ownAsnDropped = metrics.CreateCounter("bgp_own_asn_dropped_total", "Announcements dropped because our own ASN is in their path.", "peer");
        _announced = metrics.CreateGauge("bgpadvertiser_vip_announced", "1 while the virtual IP is to be announced, 0 while the health check withholds it.", "vip");
        _configValid = metrics.CreateGauge("bgpadvertiser_config_valid", "1 while the configuration in force is the file's, 0 while the file is bad and an older one is in force.");
        _registry.AddBeforeCollectCallback(() => Take(status));
    }

    /// <summary>Writes all metrics in the Prometheus text format.</summary>
    public Task WriteAsync(Stream output, CancellationToken cancellationToken) => _registry.CollectAndExportAsTextAsync(output, cancellationToken);

    private void Take(AdvertiserStatus status)
    {
        ImmutableArray<BgpSessionInfo> sessions = status.Sessions;
        foreach (BgpSessionInfo session in sessions) Take(session);
        Forget([.. sessions.Select(session => session.Peer)]);
        foreach (IPAddress vip in status.Vips) _announced.WithLabels(vip.ToString()).Set(status.Announced ? 1 : 0);
        _configValid.Set(status.ConfigValid ? 1 : 0);
    }

    private void Take(BgpSessionInfo session)
    {
        _up.WithLabels(session.Peer).Set(session.State == BgpSessionState.Established ? 1 : 0);
        _state.WithLabels(session.Peer).Set((int)session.State + 1);
        _established.WithLabels(session.Peer).Set(session.EstablishedTime?.ToUnixTimeMilliseconds() / 1000.0 ?? 0);
        _flaps.WithLabels(session.Peer).IncTo(session.Flaps);
        _pathsAdvertised.WithLabels(session.Peer).Set(session.PathsAdvertised);
        _pathsReceived.WithLabels(session.Peer).Set(session.PathsReceived);
        _ownAsnDropped.WithLabels(session.Peer).IncTo(session.OwnAsnDropped);
        Take(session.Peer, "sent", session.Sent);
        Take(session.Peer, "received", session.Received);
    }

    private void Take(string peer, string direction, BgpMessageCounters counters)
    {
        _messages.WithLabels(peer, direction, "open").IncTo(counters.Open.Count);
        _messages.WithLabels(peer, direction, "update").IncTo(counters.Update.Count);
        _messages.WithLabels(peer, direction, "notification").IncTo(counters.Notification.Count);
        _messages.WithLabels(peer, direction, "keepalive").IncTo(counters.Keepalive.Count);
        _messages.WithLabels(peer, direction, "route_refresh").IncTo(counters.RouteRefresh.Count);
    }

    // A peer that was removed must not look like one that is down.
    private void Forget(HashSet<string> present)
    {
        foreach (Gauge gauge in (Gauge[])[_up, _state, _established, _pathsAdvertised, _pathsReceived]) Forget(gauge, present);
        foreach (Counter counter in (Counter[])[_flaps, _messages, _ownAsnDropped]) Forget(counter, present);
    }

    private static void Forget<TChild>(Collector<TChild> collector, HashSet<string> present)
        where TChild : ChildBase
    {
        foreach (string[] labels in collector.GetAllLabelValues().Where(labels => !present.Contains(labels[0])).ToArray()) collector.RemoveLabelled(labels);
    }
}
