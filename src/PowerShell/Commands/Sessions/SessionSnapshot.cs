using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Makes the output object of a session.</summary>
internal static class SessionSnapshot
{
    public static BgpSession Of(RunningSpeaker speaker, BgpSessionInfo session)
    {
        IReadOnlyList<IPNetwork> advertised = session.PathsAdvertised == 0
            ? Array.Empty<IPNetwork>()
            : speaker.Engine.GetAdvertisedRoutes(session.Peer).Select(path => path.Prefix).Distinct().Select(prefix => prefix.ToIPNetwork()).ToArray();
        return new BgpSession(speaker, session, DateTimeOffset.UtcNow, advertised);
    }
}
