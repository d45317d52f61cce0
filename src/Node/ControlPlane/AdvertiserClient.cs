using System.Net;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>Asks the bgpadvertiser of this node for its sessions.</summary>
internal sealed class AdvertiserClient : IDisposable
{
    /// <summary>The longest answer, in octets: some hundred sessions.</summary>
    public const int LongestAnswer = 1024 * 1024;

    private readonly HttpClient _client;
    private readonly Uri _sessions;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _timeProvider;

    /// <param name="address">Its health port.</param>
    /// <param name="timeout">How long an answer may take.</param>
    /// <param name="handler">Null: over TCP. Another one stays the caller's.</param>
    public AdvertiserClient(IPEndPoint address, TimeSpan timeout, TimeProvider timeProvider, HttpMessageHandler? handler)
    {
        (_timeout, _timeProvider) = (timeout, timeProvider);
        _sessions = new($"http://{address}/sessions");
        // A proxy of the environment is for other things than this host.
        HttpMessageHandler used = handler ?? new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 1 };
        _client = new(used, disposeHandler: handler is null) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <returns>Also when there is no answer, or none that can be used.</returns>
    public async Task<AdvertiserAnswer> AskAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(_timeout, _timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(_sessions, either.Token).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.OK
                ? AdvertiserAnswer.Parse(await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false))
                : AdvertiserAnswer.None($"{_sessions} answers with HTTP status {(int)response.StatusCode}, so bgpadvertiser is not what listens there.");
        }
        catch (FormatException exception)
        {
            return AdvertiserAnswer.None($"{_sessions} does not answer as bgpadvertiser does: {exception.Message}");
        }
        catch (HttpRequestException exception)
        {
            return AdvertiserAnswer.None($"bgpadvertiser does not answer at {_sessions}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AdvertiserAnswer.None(FormattableString.Invariant($"bgpadvertiser has not answered at {_sessions} within {_timeout.TotalSeconds:0.##} s."));
        }
    }

    public void Dispose() => _client.Dispose();
}
