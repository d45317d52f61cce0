using System.Collections.Immutable;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Health;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>Waits for one peer and says what came of it.</summary>
internal sealed class PeerCheck(BgpSpeaker speaker, AdvertiserConfig config, ImmutableArray<string> prefixes, NonceServer? nonce, TimeSpan timeout, TimeProvider timeProvider)
{
    /// <summary>How long after our route the peer may take to send it back.</summary>
    private static readonly TimeSpan EchoTime = TimeSpan.FromSeconds(1);

    public static PeeringResult NotTried(AdvertiserConfig config, PeerConfig peer, string error, string advice) => new()
    {
        PeerIPAddress = peer.PeerIP.ToString(),
        PeerAsn = peer.PeerAsn,
        LocalIPAddress = config.LocalIP.ToString(),
        LocalAsn = config.LocalAsn,
        State = nameof(BgpSessionState.Idle),
        Elapsed = 0,
        Succeeded = false,
        Error = error,
        Advice = advice,
    };

    public async Task<PeeringResult> RunAsync(PeerConfig peer, PeeringProgress progress, CancellationToken interrupted)
    {
        long start = timeProvider.GetTimestamp();
        string? error = await EstablishAsync(peer, progress, interrupted).ConfigureAwait(false);
        TimeSpan elapsed = timeProvider.GetElapsedTime(start);
        if (error is null) await Task.WhenAny(progress.Echoed, Task.Delay(EchoTime, timeProvider, interrupted)).ConfigureAwait(false);
        BgpSessionInfo session = speaker.GetSession(PeerOptions.Name(peer))!;
        // What was won may be lost again while the echo was waited for.
        if (error is null && session.State != BgpSessionState.Established) error = "The session was established and then lost.";
        return NotTried(config, peer, "", "") with
        {
            TcpConnected = progress.TcpConnected,
            OpenReceived = progress.OpenReceived,
            Established = session.State == BgpSessionState.Established,
            State = session.State.ToString(),
            HoldTime = session.HoldTime?.TotalSeconds,
            PeerBgpIdentifier = session.PeerBgpIdentifier?.ToString(),
            Capabilities = CapabilityNames.Of(session.PeerCapabilities),
            AddPathReceive = session.AddPathSend.Contains(BgpAddressFamily.IPv4Unicast),
            AdvertisedPrefix = error is null ? string.Join(',', prefixes) : null,
            RouteEchoed = progress.Echoed.IsCompletedSuccessfully,
            Elapsed = Math.Round(elapsed.TotalSeconds, 6),
            Succeeded = error is null,
            Error = error is null || session.LastError is null ? error : $"{error} {session.LastError}",
            Advice = error is null ? null : PeeringAdvice.For(config, peer, progress),
            Nonce = nonce?.Nonce,
            Port = nonce?.Port,
        };
    }

    /// <returns>Null when the session is Established and our route is sent.</returns>
    private async Task<string?> EstablishAsync(PeerConfig peer, PeeringProgress progress, CancellationToken interrupted)
    {
        using CancellationTokenSource giveUp = new(timeout, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token, interrupted);
        try
        {
            Task<BgpSessionInfo> established = speaker.WaitForSessionAsync(PeerOptions.Name(peer), session => session.State == BgpSessionState.Established, either.Token);
            if (await Task.WhenAny(established, progress.OpenRefused).ConfigureAwait(false) != established)
            {
                await either.CancelAsync().ConfigureAwait(false);
                await ((Task)established).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return "The two sides do not agree on the session.";
            }

            await established.ConfigureAwait(false);
            await speaker.FlushAsync(either.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException)
        {
            return interrupted.IsCancellationRequested ? "The check was interrupted." : $"The session was not established within {timeout.TotalSeconds:0} s.";
        }
    }
}
