using System.Collections.Immutable;
using System.Text;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Advertiser.Health;

/// <summary>Whether every configured peer is Established (R15), and which is not. Pure.</summary>
internal readonly record struct Readiness(bool IsReady, string Text)
{
    public static Readiness Of(ImmutableArray<BgpSessionInfo> sessions, bool stopping)
    {
        if (stopping) return new(false, "stopping\n");
        ImmutableArray<BgpSessionInfo> missing = [.. sessions.Where(session => session.State != BgpSessionState.Established)];
        // No session at all is never what was configured.
        if (missing.IsEmpty) return sessions.IsEmpty ? new(false, "no peer is configured\n") : new(true, "ready\n");
        StringBuilder text = new("not ready\n");
        foreach (BgpSessionInfo session in missing)
        {
            text.Append(session.Peer).Append(" is ").Append(session.State);
            if (session.LastError is { } error) text.Append(": ").Append(error);
            text.Append('\n');
        }

        return new(false, text.ToString());
    }
}
