using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Health;

/// <summary>Serves <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c> and <c>/sessions</c>.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private const string PlainText = "text/plain; charset=utf-8";

    // prometheus-net writes the text format of this version.
    private const string MetricsText = "text/plain; version=0.0.4; charset=utf-8";

    private readonly WebApplication _application;
    private readonly AdvertiserStatus _status;
    private readonly AdvertiserMetrics _metrics;

    private HealthServer(WebApplication application, AdvertiserStatus status)
    {
        _application = application;
        _status = status;
        _metrics = new(status);
    }

    /// <param name="listener">Listens already; it is closed with the server.</param>
    public static async Task<HealthServer> StartAsync(Socket listener, AdvertiserStatus status, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        // An empty builder: no settings files of the current folder, no ASPNETCORE_ variables, no signal handlers.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = _ => listener);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxConcurrentConnections = 100;
            options.Limits.MaxRequestBodySize = 0;
            options.Listen(listener.LocalEndPoint!, endPoint => endPoint.Protocols = HttpProtocols.Http1);
        });
        HealthServer server = new(builder.Build(), status);
        server._application.Run(server.AnswerAsync);
        await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            return TextAsync(context, StatusCodes.Status405MethodNotAllowed, "Only GET and HEAD are answered here.\n");
        }

        return context.Request.Path.Value switch
        {
            "/healthz" => TextAsync(context, StatusCodes.Status200OK, "ok\n"),
            "/readyz" => ReadyAsync(context),
            "/metrics" => MetricsAsync(context),
            "/sessions" => SessionsAsync(context),
            _ => TextAsync(context, StatusCodes.Status404NotFound, "Here are /healthz, /readyz, /metrics and /sessions.\n"),
        };
    }

    private Task ReadyAsync(HttpContext context)
    {
        Readiness readiness = Readiness.Of(_status.Sessions, _status.Stopping);
        return TextAsync(context, readiness.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, readiness.Text);
    }

    private Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = MetricsText;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : _metrics.WriteAsync(context.Response.Body, context.RequestAborted);
    }

    private Task SessionsAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : JsonSerializer.SerializeAsync(context.Response.Body, _status.Report(), AdvertiserJson.Default.ImmutableArraySessionReport, context.RequestAborted);
    }

    private static Task TextAsync(HttpContext context, int statusCode, string text)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = PlainText;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }

    // Signals are the program's.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
