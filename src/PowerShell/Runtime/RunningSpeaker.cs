using System.Net;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>What Start-BgpSpeaker was told; peers take from it what they are not told themselves.</summary>
internal sealed record SpeakerSettings(string Name, uint LocalAsn, IPAddress? BgpIdentifier, IPAddress? LocalAddress, bool Passive, AddPathMode AddPath);

/// <summary>A speaker of this process under its name.</summary>
internal sealed class RunningSpeaker(SpeakerSettings settings, Bgp.BgpSpeaker engine, EventHub events)
{
    public SpeakerSettings Settings => settings;

    public string Name => settings.Name;

    public Bgp.BgpSpeaker Engine => engine;

    public EventHub Events => events;

    /// <summary>Held by whoever changes a route by what it is now.</summary>
    public Lock RouteLock { get; } = new();
}
