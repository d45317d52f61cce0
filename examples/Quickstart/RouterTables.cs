using System.Globalization;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Quickstart;

/// <summary>What the router knows, as tables.</summary>
internal static class RouterTables
{
    private static readonly string[] SessionColumns = ["NAME", "LOCAL ASN", "PEER ASN", "LOCAL IP", "PEER IP", "STATE", "LAST REPORT"];
    private static readonly string[] RouteColumns = ["PREFIX", "NEXT HOP", "AS PATH", "FROM"];

    public static void WriteSessions(TextWriter output, Router router, TimeProvider timeProvider) => Table.Write(output, SessionColumns, router.Sessions.Select(session => (string[])
    [
        $"{session.PeerAddress}-router",
        session.LocalAsn.ToString(CultureInfo.InvariantCulture),
        session.PeerAsn.ToString(CultureInfo.InvariantCulture),
        session.LocalAddress?.ToString() ?? Router.Address.ToString(),
        session.PeerAddress.ToString(),
        session.State.ToString(),
        Age(session, timeProvider.GetUtcNow()),
    ]));

    public static void WriteRoutes(TextWriter output, Router router) => Table.Write(output, RouteColumns, router.Routes.Select(path => (string[])
    [
        path.Prefix.ToString(),
        path.NextHop.ToString(),
        string.Join(' ', path.Attributes.AsPath.SelectMany(segment => segment.Asns)),
        path.Peer,
    ]));

    // Since the last message.
    private static string Age(BgpSessionInfo session, DateTimeOffset now)
    {
        BgpMessageCounters received = session.Received;
        DateTimeOffset? last = ((DateTimeOffset?[])[received.Open.Last, received.Update.Last, received.Notification.Last, received.Keepalive.Last, received.RouteRefresh.Last]).Max();
        return last is null ? "never" : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (now - last.Value).TotalSeconds):0}s");
    }
}
