using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Advertiser.Health;

/// <summary>What the health port tells of the running program.</summary>
internal sealed class AdvertiserStatus(BgpSpeaker speaker, ImmutableArray<IPAddress> vips, TimeProvider timeProvider)
{
    private volatile bool _announced;
    private volatile bool _configValid = true;
    private volatile bool _stopping;

    public ImmutableArray<IPAddress> Vips => vips;

    public ImmutableArray<BgpSessionInfo> Sessions => speaker.GetSessions();

    /// <summary>False while the health gate withholds the VIPs.</summary>
    public bool Announced
    {
        get => _announced;
        set => _announced = value;
    }

    /// <summary>False while the file is bad and an older configuration is in force.</summary>
    public bool ConfigValid
    {
        get => _configValid;
        set => _configValid = value;
    }

    public bool Stopping
    {
        get => _stopping;
        set => _stopping = value;
    }

    public ImmutableArray<SessionReport> Report()
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        return [.. Sessions.Select(session => SessionReport.Create(session, speaker.GetAdvertisedRoutes(session.Peer), now))];
    }
}
