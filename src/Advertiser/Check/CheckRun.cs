using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using BgpLoadBalancer.Advertiser.Addresses;
using BgpLoadBalancer.Advertiser.CommandLine;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Advertiser.Running;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Node;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>The short run: every peer is tried, one line of JSON says how it went, and all is taken back.</summary>
internal sealed class CheckRun(AdvertiserArguments arguments, ILoggerFactory loggers, INodeNetwork network, TimeProvider timeProvider, TextWriter output, Stream input)
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Check);
    private readonly ImmutableArray<string> _prefixes = [.. arguments.Vips.Select(vip => IPPrefix.Host(vip).ToString())];

    /// <exception cref="LocalFaultException">This host is not as needed; nothing is left behind then.</exception>
    /// <exception cref="NodeNetworkException">A VIP could not be put on.</exception>
    public async Task<int> RunAsync(AdvertiserConfig config)
    {
        LocalHost.Require(config.LocalIP);
        if (!arguments.Force && Busy(config) is { IsEmpty: false } busy) return Report(busy);
        // A terminal that hangs up ends a check too.
        using CancellationTokenSource interrupted = new();
        using Signals signals = new(interrupted.Cancel);
        _ = signals.Stopped.ContinueWith(_ => interrupted.Cancel(), TaskScheduler.Default);

        Dictionary<string, PeeringProgress> progress = config.Peers.ToDictionary(PeerOptions.Name, _ => new PeeringProgress(_prefixes), StringComparer.Ordinal);
        CheckObserver observer = new(new SessionLog(loggers.CreateLogger(LogCategories.Speaker), timeProvider), progress);
        VipBinding? binding = arguments.BindInterface is null ? null : new(network, arguments.Vips, adopt: false, _logger, timeProvider);
        await using BgpSpeaker speaker = new(new() { LocalAsn = config.LocalAsn, Observer = observer, TimeProvider = timeProvider });
        try
        {
            if (binding is not null) await binding.AcquireAsync(arguments.BindInterface!, config.LocalIP, interrupted.Token).ConfigureAwait(false);
            Task refreshing = binding?.RefreshAsync(interrupted.Token) ?? Task.CompletedTask;
            await using NonceServer? nonce = arguments.Hold ? NonceServer.Start(arguments.Vips, _logger, timeProvider) : null;
            Announcer announcer = new(speaker, arguments.Vips, config, _logger);
            announcer.Announce(open: true);
            announcer.AddPeers(lasting: false);
            speaker.Start();
            PeerCheck check = new(speaker, config, _prefixes, nonce, arguments.Timeout, timeProvider);
            PeeringResult[] results = await Task.WhenAll(config.Peers.Select(peer => check.RunAsync(peer, progress[PeerOptions.Name(peer)], interrupted.Token))).ConfigureAwait(false);
            int exitCode = Report([.. results]);
            if (arguments.Hold) await HoldAsync(interrupted.Token).ConfigureAwait(false);
            await interrupted.CancelAsync().ConfigureAwait(false);
            await refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return exitCode;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            _logger.Event(LogLevel.Warning, "check interrupted before it began");
            return ExitCode.CheckFailed;
        }
        finally
        {
            await speaker.StopAsync().ConfigureAwait(false);
            if (binding is not null) await binding.ReleaseAsync(keep: false).ConfigureAwait(false);
        }
    }

    private int Report(ImmutableArray<PeeringResult> results)
    {
        foreach (PeeringResult result in results) output.WriteLine(JsonSerializer.Serialize(result, AdvertiserJson.Default.PeeringResult));
        output.Flush();
        return results.All(result => result.Succeeded) ? ExitCode.Success : ExitCode.CheckFailed;
    }

    // One session that is there is reason enough to leave all alone: the check's VIP would be the same.
    private static ImmutableArray<PeeringResult> Busy(AdvertiserConfig config)
    {
        var connections = ExistingSession.OfThisHost();
        HashSet<IPAddress> busy = [.. config.Peers.Where(peer => ExistingSession.Exists(config.LocalIP, peer, connections)).Select(peer => peer.PeerIP)];
        if (busy.Count == 0) return [];
        return
        [
            .. config.Peers.Select(peer => PeerCheck.NotTried(
                config,
                peer,
                busy.Contains(peer.PeerIP)
                    ? $"This host already has a BGP session between {config.LocalIP} and {peer.PeerIP}, which the check could disturb."
                    : $"Not tried, because this host already has a BGP session with {string.Join(", ", busy)}.",
                "Look at that session instead (/sessions of the running bgpadvertiser), or add --force.")),
        ];
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        _logger.Event(LogLevel.Information, "holding until stdin closes or a signal comes");
        byte[] ignored = new byte[256];
        try
        {
            while (await input.ReadAsync(ignored, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _logger.Event(LogLevel.Information, "signal received");
        }
    }
}
