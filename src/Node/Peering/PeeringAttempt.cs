using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Node.Peering;

/// <summary>
/// Tries one peering with a speaker of its own: connect, establish, announce, see whether the route comes back. The session
/// stays until the attempt is disposed; then the routes are withdrawn and it ends with a Cease.
/// </summary>
public sealed class PeeringAttempt : IAsyncDisposable
{
    private readonly BgpSpeaker? _speaker;

    private PeeringAttempt(PeeringResult result, BgpSpeaker? speaker)
    {
        Result = result;
        _speaker = speaker;
    }

    public PeeringResult Result { get; }

    /// <summary>Runs the attempt up to its result.</summary>
    /// <param name="report">Told of each stage that is reached, on threads of the session.</param>
    /// <param name="log">Hears everything that the session does; may be null.</param>
    /// <exception cref="ArgumentException">The request is not valid; the message names the value.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public static async Task<PeeringAttempt> RunAsync(
        PeeringRequest request,
        TimeProvider time,
        IBgpTransport? transport,
        IBgpObserver? log,
        Action<PeeringStage>? report,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(time);
        IPAddress? local = request.LocalAddress ?? HostRoutes.SourceFor(request.PeerAddress);
        if (!request.Force && ExistingSession.Exists(local, request.PeerAddress, request.Port, ExistingSession.OfThisHost())) return Busy(request, local);

        ImmutableArray<string> prefixes = [.. request.Advertise.Select(address => IPPrefix.Host(address).ToString())];
        PeeringProgress progress = new(prefixes, log, report);
        BgpSpeaker speaker = new(new() { LocalAsn = request.LocalAsn, TimeProvider = time, Transport = transport, Observer = progress });
        try
        {
            long start = time.GetTimestamp();
            if (local is not null) speaker.SetRoutes([.. request.Advertise.Select(address => new Route(IPPrefix.Host(address), new PathSet(local)))]);
            BgpPeerOptions peer = ToOptions(request);
            speaker.AddPeer(peer);
            report?.Invoke(PeeringStage.Connecting);
            speaker.Start();
            string? error = await EstablishAsync(request, peer.Name, speaker, progress, time, cancellationToken).ConfigureAwait(false);
            TimeSpan elapsed = time.GetElapsedTime(start);
            if (error is null && !prefixes.IsEmpty) await AwaitEchoAsync(request, progress, time, report, cancellationToken).ConfigureAwait(false);
            return new PeeringAttempt(ToResult(request, local, speaker.GetSession(peer.Name)!, progress, error, elapsed), speaker);
        }
        catch
        {
            await speaker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_speaker is not null) await _speaker.DisposeAsync().ConfigureAwait(false);
    }

    private static BgpPeerOptions ToOptions(PeeringRequest request) => new()
    {
        PeerAddress = request.PeerAddress,
        PeerPort = request.Port,
        PeerAsn = request.PeerAsn,
        LocalAddress = request.LocalAddress,
        HoldTime = request.HoldTime,
        Password = request.Password,
        TtlSecurity = request.TtlSecurity,
        // A test that is killed must not leave routes behind: no graceful restart.
        GracefulRestart = null,
    };

    private static async Task<string?> EstablishAsync(PeeringRequest request, string peer, BgpSpeaker speaker, PeeringProgress progress, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource giveUp = new(request.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(giveUp.Token, cancellationToken);
        Task<BgpSessionInfo> established = speaker.WaitForSessionAsync(peer, session => session.State == BgpSessionState.Established, either.Token);
        if (await Task.WhenAny(established, progress.Hopeless).ConfigureAwait(false) == established)
        {
            try
            {
                await established.ConfigureAwait(false);
                await speaker.FlushAsync(either.Token).ConfigureAwait(false);
                return null;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                string? last = speaker.GetSession(peer)?.LastError;
                return $"Not established within {request.Timeout.TotalSeconds:0.###} s{(last is null ? "" : $": {last}")}.";
            }
        }

        await either.CancelAsync().ConfigureAwait(false);
        await ((Task)established).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        // The session notes the reason on its loop, just after it has told of it.
        BgpSessionInfo session = await speaker.WaitForSessionAsync(peer, session => session.LastError is not null, cancellationToken).ConfigureAwait(false);
        return $"Not established: {session.LastError}.";
    }

    private static async Task AwaitEchoAsync(PeeringRequest request, PeeringProgress progress, TimeProvider time, Action<PeeringStage>? report, CancellationToken cancellationToken)
    {
        report?.Invoke(PeeringStage.Advertised);
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(progress.Echoed, Task.Delay(request.EchoTime, time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (progress.Echoed.IsCompleted) report?.Invoke(PeeringStage.Echoed);
    }

    private static PeeringResult ToResult(PeeringRequest request, IPAddress? local, BgpSessionInfo session, PeeringProgress progress, string? error, TimeSpan elapsed)
    {
        PeeringFacts facts = progress.Facts;
        bool established = session.State == BgpSessionState.Established;
        // What was won may be lost again while the echo was waited for.
        if (error is null && !established) error = $"Established, and then lost: {session.LastError}.";
        IPAddress? source = session.LocalAddress ?? local;
        bool addPath = session.AddPathSend.Contains(BgpAddressFamily.IPv4Unicast);
        return new PeeringResult
        {
            Request = request,
            LocalAddress = source,
            TcpConnected = facts.TcpConnected,
            OpenReceived = facts.OpenReceived,
            Established = established,
            State = session.State,
            HoldTime = session.HoldTime,
            PeerBgpIdentifier = session.PeerBgpIdentifier,
            Capabilities = session.PeerCapabilities,
            AddPathReceive = addPath,
            Advertised = established ? request.Advertise : [],
            RouteEchoed = progress.Echoed.IsCompletedSuccessfully,
            Elapsed = elapsed,
            Error = error,
            Advice = error is not null
                ? PeeringAdvice.ForFailure(request, source, facts)
                : PeeringAdvice.ForSuccess(addPath, source is not null && HostRoutes.SharesSubnet(source, request.PeerAddress)),
        };
    }

    private static PeeringAttempt Busy(PeeringRequest request, IPAddress? local) => new(
        new PeeringResult
        {
            Request = request,
            LocalAddress = local,
            Error = $"This host already has a BGP session between {local} and {request.PeerAddress}, which a test could disturb.",
            Advice = "Look at that session instead (ss -tnp shows the process), or use force.",
        },
        speaker: null);
}
