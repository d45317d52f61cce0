using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Gate;

/// <summary>Asks a URL whether what stands behind the VIP is well. Each check makes a connection of its own.</summary>
internal sealed class HealthProbe : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _url;

    private HealthProbe(Uri url, SocketsHttpHandler handler)
    {
        _url = url;
        _client = new(handler) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.ConnectionClose = true;
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("bgpadvertiser");
    }

    /// <param name="caFile">The authorities to verify with; null takes the host's, or none for https to loopback, which is logged.</param>
    /// <exception cref="BadInputException">The file cannot be read or has no certificate.</exception>
    public static HealthProbe Create(Uri url, string? caFile, ILogger logger)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
        if (caFile is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(ReadAuthorities(caFile));
        }
        else if (url.Scheme == Uri.UriSchemeHttps && IsLoopback(url))
        {
            logger.Event(LogLevel.Warning, "health check is not verified: https to this host without --health-check-ca", ("url", url));
            // R13: the API server of this very host, whose certificate seldom names 127.0.0.1 by an authority that the host knows.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || IsLoopback(url);
        }

        return new(url, handler);
    }

    /// <returns>Null when the answer was a success (2xx); otherwise why not.</returns>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _client.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"The answer is {(int)response.StatusCode} {response.ReasonPhrase}.";
        }
        catch (HttpRequestException exception)
        {
            return exception.InnerException is { } inner ? $"{exception.Message} {inner.Message}" : exception.Message;
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool IsLoopback(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        X509Certificate2Collection authorities = [];
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BadInputException($"--health-check-ca {file}: The file cannot be read: {exception.Message}", exception);
        }

        return authorities.Count > 0 ? authorities : throw new BadInputException($"--health-check-ca {file}: There is no PEM certificate in the file.");
    }
}
