using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>What New- and Set-BgpPeer were told about a peer; null is "not said".</summary>
internal sealed record PeerValues
{
    public IPAddress? PeerIPAddress { get; init; }

    public uint? PeerASN { get; init; }

    public uint? LocalASN { get; init; }

    public IPAddress? LocalIPAddress { get; init; }

    public int? Port { get; init; }

    public int? HoldTime { get; init; }

    public AddPathMode? AddPath { get; init; }

    public bool? GracefulRestart { get; init; }

    public bool? TtlSecurity { get; init; }

    public bool? KeepReceivedRoute { get; init; }

    public System.Security.SecureString? Password { get; init; }

    public uint? Med { get; init; }

    public string[]? Community { get; init; }

    /// <summary>Takes what was bound, whether typed or from the pipeline.</summary>
    public static PeerValues From(IReadOnlyDictionary<string, object> bound) => new()
    {
        PeerIPAddress = (IPAddress?)bound.GetValueOrDefault(nameof(PeerIPAddress)),
        PeerASN = (uint?)bound.GetValueOrDefault(nameof(PeerASN)),
        LocalASN = (uint?)bound.GetValueOrDefault(nameof(LocalASN)),
        LocalIPAddress = (IPAddress?)bound.GetValueOrDefault(nameof(LocalIPAddress)),
        Port = (int?)bound.GetValueOrDefault(nameof(Port)),
        HoldTime = (int?)bound.GetValueOrDefault(nameof(HoldTime)),
        AddPath = (AddPathMode?)bound.GetValueOrDefault(nameof(AddPath)),
        GracefulRestart = (bool?)bound.GetValueOrDefault(nameof(GracefulRestart)),
        TtlSecurity = (bool?)bound.GetValueOrDefault(nameof(TtlSecurity)),
        KeepReceivedRoute = (bool?)bound.GetValueOrDefault(nameof(KeepReceivedRoute)),
        Password = (System.Security.SecureString?)bound.GetValueOrDefault(nameof(Password)),
        Med = (uint?)bound.GetValueOrDefault(nameof(Med)),
        Community = (string[]?)bound.GetValueOrDefault(nameof(Community)),
    };

    /// <summary>A new peer of the speaker: what was not said comes from the speaker.</summary>
    public BgpPeerOptions Create(string? name, RunningSpeaker speaker)
    {
        bool listens = !speaker.Engine.ListenEndPoints.IsEmpty;
        BgpPeerOptions peer = new()
        {
            PeerAddress = PeerIPAddress!,
            PeerAsn = PeerASN!.Value,
            LocalAddress = speaker.Settings.LocalAddress,
            Connect = !speaker.Settings.Passive,
            Accept = listens,
            AddPath = speaker.Settings.AddPath,
            GracefulRestart = GracefulRestartOptions.Default,
            KeepReceivedRoutes = speaker.Settings.Passive,
        };
        return Change(string.IsNullOrEmpty(name) ? peer : peer with { Name = name });
    }

    /// <summary>The peer with what was said, and nothing else, changed.</summary>
    public BgpPeerOptions Change(BgpPeerOptions peer)
    {
        (uint[] communities, LargeCommunity[] large) = CommunityText.Parse(Community ?? []);
        return peer with
        {
            PeerAddress = PeerIPAddress ?? peer.PeerAddress,
            PeerAsn = PeerASN ?? peer.PeerAsn,
            LocalAsn = LocalASN ?? peer.LocalAsn,
            LocalAddress = LocalIPAddress ?? peer.LocalAddress,
            PeerPort = Port ?? peer.PeerPort,
            HoldTime = HoldTime is { } seconds ? TimeSpan.FromSeconds(seconds) : peer.HoldTime,
            AddPath = AddPath ?? peer.AddPath,
            GracefulRestart = GracefulRestart is { } wanted ? (wanted ? GracefulRestartOptions.Default : null) : peer.GracefulRestart,
            TtlSecurity = TtlSecurity ?? peer.TtlSecurity,
            KeepReceivedRoutes = KeepReceivedRoute ?? peer.KeepReceivedRoutes,
            Password = Password is null ? peer.Password : Password.Length == 0 ? null : new NetworkCredential(null, Password).Password,
            Med = Med ?? peer.Med,
            Communities = Community is null ? peer.Communities : [.. communities],
            LargeCommunities = Community is null ? peer.LargeCommunities : [.. large],
        };
    }
}
