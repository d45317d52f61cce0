using System.Net.Sockets;
using BgpLoadBalancer.Advertiser.Addresses;
using BgpLoadBalancer.Advertiser.CommandLine;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Gate;
using BgpLoadBalancer.Advertiser.Health;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Node;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Running;

/// <summary>The long run: sessions are held until a signal ends it.</summary>
internal sealed class AdvertiserRun(AdvertiserArguments arguments, ILoggerFactory loggers, INodeNetwork network, TimeProvider timeProvider)
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Advertiser);

    /// <exception cref="LocalFaultException">This host is not as needed; nothing is left behind then.</exception>
    /// <exception cref="NodeNetworkException">A VIP could not be put on.</exception>
    public async Task<int> RunAsync(ConfigFile file, ConfigReading first)
    {
        AdvertiserConfig config = first.Config!;
        LocalHost.Require(config.LocalIP);
        using Socket listener = LocalHost.Listen(arguments.HealthAddress, "health port, --health-address");
        using HealthProbe? probe = arguments.HealthCheckUrl is { } url ? HealthProbe.Create(url, arguments.HealthCheckCa, _logger) : null;
        HealthGateLoop? gate = probe is null ? null : new(probe.CheckAsync, loggers.CreateLogger(LogCategories.Health), timeProvider);
        await using AddressBinding? binding = arguments.BindInterface is null ? null : new(network, arguments.Vips, adopt: true, _logger.AddressEvent, timeProvider);

        SessionLog observer = new(loggers.CreateLogger(LogCategories.Speaker), timeProvider);
        await using BgpSpeaker speaker = new(new() { LocalAsn = config.LocalAsn, Observer = observer, TimeProvider = timeProvider });
        AdvertiserStatus status = new(speaker, arguments.Vips, timeProvider);
        Announcer announcer = new(speaker, arguments.Vips, config, _logger);
        ConfigReloader reloader = new(file, first, next => ApplyAsync(announcer, binding, next), valid => status.ConfigValid = valid, _logger, timeProvider);
        using Signals signals = new(reloader.Ask);
        using CancellationTokenSource ending = new();
        StopReason reason = StopReason.Shutdown;
        try
        {
            // Everything that decides about the routes comes before the sessions: a router that has kept the routes of a predecessor
            // drops those that are not there again when the first updates end (RFC 4724 §4.2).
            if (binding is not null) await binding.AcquireAsync(arguments.BindInterface!, config.LocalIP, ending.Token).ConfigureAwait(false);
            if (gate is not null) await gate.CheckAsync(ending.Token).ConfigureAwait(false);
            SetAnnounced(announcer, status, gate?.IsOpen ?? true);
            announcer.AddPeers();
            speaker.Start();
            _logger.Event(LogLevel.Information, "started", ("version", ProgramVersion.Text), ("localIP", config.LocalIP), ("localASN", config.LocalAsn), ("peers", config.Peers.Length));

            await using HealthServer server = await HealthServer.StartAsync(listener, status, loggers, ending.Token).ConfigureAwait(false);
            _logger.Event(LogLevel.Information, "health port open", ("address", listener.LocalEndPoint));
            Task background = Task.WhenAll(
                reloader.RunAsync(ending.Token),
                binding?.RefreshAsync(ending.Token) ?? Task.CompletedTask,
                gate?.RunAsync(() => SetAnnounced(announcer, status, gate.IsOpen), ending.Token) ?? Task.CompletedTask);
            // None of the loops ends by itself unless something is wrong with it.
            if (await Task.WhenAny(signals.Stopped, background).ConfigureAwait(false) == background) await background.ConfigureAwait(false);
            reason = await signals.Stopped.ConfigureAwait(false);
            _logger.Event(LogLevel.Information, "stopping", ("reason", reason == StopReason.PlannedRestart ? "planned restart" : "shutdown"));
            status.Stopping = true;
            // Before the sessions end: the gate or a changed file must not announce anything again.
            await ending.CancelAsync().ConfigureAwait(false);
            await background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Success;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await speaker.StopAsync(reason == StopReason.PlannedRestart ? BgpStopMode.PlannedRestart : BgpStopMode.Shutdown).ConfigureAwait(false);
            if (binding is not null) await binding.ReleaseAsync(keep: reason == StopReason.PlannedRestart).ConfigureAwait(false);
            _logger.Event(LogLevel.Information, "stopped");
        }
    }

    private static void SetAnnounced(Announcer announcer, AdvertiserStatus status, bool open)
    {
        announcer.Announce(open);
        status.Announced = open;
    }

    private async Task ApplyAsync(Announcer announcer, AddressBinding? binding, AdvertiserConfig next)
    {
        await announcer.ApplyAsync(next).ConfigureAwait(false);
        if (binding is not null) await binding.FollowAsync(arguments.BindInterface!, next.LocalIP, CancellationToken.None).ConfigureAwait(false);
    }
}
