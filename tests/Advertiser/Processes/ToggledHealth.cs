using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BgpLoadBalancer.Advertiser.Tests.Processes;

/// <summary>Stands for the API server of the node.</summary>
internal sealed class ToggledHealth : IAsyncDisposable
{
    private readonly WebApplication _server;
    private volatile bool _healthy;

    private ToggledHealth(WebApplication server) => _server = server;

    public bool Healthy
    {
        get => _healthy;
        set => _healthy = value;
    }

    public string Url => _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/livez";

    public static async Task<ToggledHealth> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        ToggledHealth health = new(builder.Build());
        health._server.Run(context =>
        {
            context.Response.StatusCode = health.Healthy ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        await health._server.StartAsync(TestContext.Current.CancellationToken);
        return health;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
