using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BgpLoadBalancer.Advertiser.Gate;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace BgpLoadBalancer.Advertiser.Tests.Gate;

public sealed class HealthProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CapturingLogger _logger = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(200, null)]
    [InlineData(204, null)]
    [InlineData(302, "The answer is 302 Found.")]
    [InlineData(503, "The answer is 503 Service Unavailable.")]
    public async Task Only_a_success_is_healthy(int status, string? problem)
    {
        await using WebApplication server = await ServeAsync(status, certificate: null);
        using HealthProbe probe = HealthProbe.Create(Url(server), caFile: null, _logger);

        Assert.Equal(problem, await probe.CheckAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nobody_there_is_a_failure_and_no_exception()
    {
        Uri url;
        await using (WebApplication server = await ServeAsync(200, certificate: null)) url = Url(server);
        using HealthProbe probe = HealthProbe.Create(url, caFile: null, _logger);

        Assert.Contains("refused", await probe.CheckAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Https_to_loopback_without_authorities_is_not_verified_and_logged()
    {
        using X509Certificate2 certificate = Certificate("somewhere.example");
        await using WebApplication server = await ServeAsync(200, certificate);
        using HealthProbe probe = HealthProbe.Create(Url(server), caFile: null, _logger);

        Assert.Null(await probe.CheckAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("health check is not verified", Assert.Single(_logger.Lines).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_with_authorities_is_verified()
    {
        using X509Certificate2 right = Certificate("127.0.0.1");
        using X509Certificate2 wrong = Certificate("127.0.0.1");
        string file = _folder.Write("ca.crt", right.ExportCertificatePem());
        using HealthProbe unused = HealthProbe.Create(new("https://127.0.0.1/"), file, _logger);

        await using (WebApplication server = await ServeAsync(200, right))
        {
            using HealthProbe probe = HealthProbe.Create(Url(server), file, _logger);
            Assert.Null(await probe.CheckAsync(TestContext.Current.CancellationToken));
        }

        await using (WebApplication server = await ServeAsync(200, wrong))
        {
            using HealthProbe probe = HealthProbe.Create(Url(server), file, _logger);
            Assert.Contains("certificate", await probe.CheckAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.Empty(_logger.Lines);
    }

    [Theory]
    [InlineData("nothing here", "There is no PEM certificate")]
    [InlineData(null, "cannot be read")]
    public void A_bad_authority_file_is_named(string? text, string message)
    {
        string file = text is null ? _folder.PathOf("none") : _folder.Write("ca.crt", text);

        string error = Assert.Throws<BadInputException>(() => HealthProbe.Create(new("https://127.0.0.1/"), file, _logger)).Message;
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ServeAsync(int status, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, endPoint =>
        {
            if (certificate is not null) endPoint.UseHttps(certificate);
        }));
        WebApplication server = builder.Build();
        server.Run(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static Uri Url(WebApplication server) =>
        new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/livez");

    private static X509Certificate2 Certificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        if (IPAddress.TryParse(name, out IPAddress? address)) names.AddIpAddress(address);
        else names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        // Wide enough for every clock: the test is not about validity.
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
