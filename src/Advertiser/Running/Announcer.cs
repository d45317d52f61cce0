using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Advertiser.Addresses;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Running;

/// <summary>Keeps the speaker's peers and routes as the configuration and the health gate want them.</summary>
internal sealed class Announcer(BgpSpeaker speaker, ImmutableArray<IPAddress> vips, AdvertiserConfig first, ILogger logger)
{
    private readonly Lock _lock = new();
    private AdvertiserConfig _config = first;
    private bool _open;

    /// <summary>Gives the speaker its peers, before it starts.</summary>
    public void AddPeers()
    {
        foreach (PeerConfig peer in _config.Peers) Add(_config, peer);
    }

    /// <summary>Announces the VIPs, or withdraws them. The next hop is our own address (R12).</summary>
    public void Announce(bool open)
    {
        lock (_lock)
        {
            _open = open;
            speaker.SetRoutes(open ? Routes(_config.LocalIP) : []);
        }

        logger.Event(LogLevel.Information, open ? "route announced" : "route withheld", ("nlri", vips.Select(vip => IPPrefix.Host(vip).ToString())), ("nextHop", open ? _config.LocalIP : null));
    }

    /// <summary>Goes over to another configuration and touches only what differs (R14).</summary>
    /// <exception cref="LocalFaultException">The new localIP is not on this host; nothing is changed then.</exception>
    public async Task ApplyAsync(AdvertiserConfig next)
    {
        ConfigChanges changes = ConfigChanges.Between(_config, next);
        if (changes.LocalIPChanged) LocalHost.Require(next.LocalIP);
        lock (_lock)
        {
            _config = next;
            if (changes.LocalIPChanged && _open) speaker.SetRoutes(Routes(next.LocalIP));
        }

        // First what is new: at no time are there fewer sessions than need be.
        foreach (PeerConfig peer in changes.Added) Add(next, peer);
        foreach (PeerConfig peer in changes.Changed)
        {
            speaker.UpdatePeer(PeerOptions.Create(next, peer));
            Log("peer changed", next, peer);
        }

        foreach (PeerConfig peer in changes.Removed)
        {
            await speaker.RemovePeerAsync(PeerOptions.Name(peer)).ConfigureAwait(false);
            Log("peer removed", next, peer);
        }

        logger.Event(
            LogLevel.Information,
            changes.IsEmpty ? "configuration read again, nothing differs" : "configuration in force",
            ("added", changes.Added.Length),
            ("changed", changes.Changed.Length),
            ("removed", changes.Removed.Length));
    }

    private void Add(AdvertiserConfig config, PeerConfig peer)
    {
        speaker.AddPeer(PeerOptions.Create(config, peer));
        Log("peer added", config, peer);
    }

    private void Log(string message, AdvertiserConfig config, PeerConfig peer) => logger.Event(
        LogLevel.Information,
        message,
        ("peer", peer.PeerIP),
        ("peerASN", peer.PeerAsn),
        ("peerPort", peer.PeerPort),
        ("localIP", config.LocalIP),
        ("localASN", config.LocalAsn));

    private Route[] Routes(IPAddress nextHop)
    {
        PathSet paths = new(nextHop);
        return [.. vips.Select(vip => new Route(IPPrefix.Host(vip), paths))];
    }
}
