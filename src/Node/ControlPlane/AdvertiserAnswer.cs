using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.Agent.Reports;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>A session as bgpadvertiser tells of it.</summary>
/// <param name="Local">Null while it is not known.</param>
/// <param name="Status">Without the time of the report.</param>
internal sealed record AdvertiserSession(IPAddress Peer, IPAddress? Local, uint LocalAsn, uint PeerAsn, BgpSessionStatus Status);

/// <summary>What bgpadvertiser answered, or why there is no answer.</summary>
/// <param name="Problem">Null when there are sessions to go by.</param>
internal sealed record AdvertiserAnswer(ImmutableArray<AdvertiserSession> Sessions, string? Problem)
{
    private const int LongestError = 1000;

    public static AdvertiserAnswer None(string problem) => new([], problem);

    /// <param name="json">UTF-8.</param>
    /// <exception cref="FormatException">It is not what bgpadvertiser writes; the message says where.</exception>
    public static AdvertiserAnswer Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            SessionJson?[] sessions = JsonSerializer.Deserialize(json, AdvertiserJson.Default.SessionJsonArray) ?? throw new FormatException("it is null");
            return new([.. sessions.Select(Parse)], null);
        }
        catch (JsonException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static AdvertiserSession Parse(SessionJson? session)
    {
        if (session is null) throw new FormatException("a session is null");
        if (!Enum.GetNames<BgpSessionState>().Contains(session.State, StringComparer.Ordinal)) throw new FormatException($"'{Shorten(session.State)}' is not a state of a session");
        if (session.Flaps < 0) throw new FormatException($"flaps cannot be {session.Flaps}");
        BgpSessionStatus status = new()
        {
            State = session.State,
            AdvertisedRoutes = [.. session.AdvertisedRoutes.Take(SessionStatuses.MostRoutes).Select(Prefix)],
            LastError = Shorten(session.LastError),
            EstablishedTime = session.EstablishedTime,
            Flaps = session.Flaps,
            AddPath = session.AddPath.Length > 0,
        };
        return new(Address(session.PeerIP), session.LocalIP is null ? null : Address(session.LocalIP), session.LocalAsn, session.PeerAsn, status);
    }

    private static IPAddress Address(string? text) =>
        IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork ? address : throw new FormatException($"'{Shorten(text)}' is not an IPv4 address");

    private static IPNetwork Prefix(string? text) => IPNetwork.TryParse(text, out IPNetwork prefix) ? prefix : throw new FormatException($"'{Shorten(text)}' is not a prefix");

    private static string? Shorten(string? text) => text?.Length > LongestError ? text[..LongestError] + "…" : text;
}
