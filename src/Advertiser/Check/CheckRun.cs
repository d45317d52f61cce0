using System.Collections.Immutable;
using System.Text.Json;
using BgpLoadBalancer.Advertiser.Addresses;
using BgpLoadBalancer.Advertiser.CommandLine;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Advertiser.Running;
using BgpLoadBalancer.Node;
using BgpLoadBalancer.Node.Peering;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>The short run: every peer is tried, one line of JSON says how it went, and all is taken back.</summary>
internal sealed class CheckRun(AdvertiserArguments arguments, ILoggerFactory loggers, INodeNetwork network, TimeProvider timeProvider, TextWriter output, Stream input)
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Check);

    /// <exception cref="LocalFaultException">This host is not as needed; nothing is left behind then.</exception>
    /// <exception cref="NodeNetworkException">A VIP could not be put on.</exception>
    public async Task<int> RunAsync(AdvertiserConfig config)
    {
        LocalHost.Require(config.LocalIP);
        ImmutableArray<PeeringRequest> requests = PeeringRequests.Create(config, arguments);
        if (!arguments.Force && PeeringRequests.Refuse(requests, ExistingSession.OfThisHost()) is { IsEmpty: false } refused) return Report(refused, nonce: null);
        // A terminal that hangs up ends a check too.
        using CancellationTokenSource interrupted = new();
        using Signals signals = new(interrupted.Cancel);
        _ = signals.Stopped.ContinueWith(_ => interrupted.Cancel(), TaskScheduler.Default);
        await using AddressBinding? binding = arguments.BindInterface is null ? null : new(network, arguments.Vips, adopt: false, _logger.AddressEvent, timeProvider);
        try
        {
            if (binding is not null) await binding.AcquireAsync(arguments.BindInterface!, config.LocalIP, interrupted.Token).ConfigureAwait(false);
            Task refreshing = binding?.RefreshAsync(interrupted.Token) ?? Task.CompletedTask;
            int exitCode = await TryAsync(requests, interrupted.Token).ConfigureAwait(false);
            await interrupted.CancelAsync().ConfigureAwait(false);
            await refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return exitCode;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return Report([.. requests.Select(request => PeeringRequests.Untried(request, "The check was interrupted.", advice: null))], nonce: null);
        }
    }

    private async Task<int> TryAsync(ImmutableArray<PeeringRequest> requests, CancellationToken cancellationToken)
    {
        await using NonceServer? nonce = arguments.Hold ? NonceServer.Start(arguments.Vips, _logger, timeProvider) : null;
        SessionLog log = new(loggers.CreateLogger(LogCategories.Speaker), timeProvider);
        Task<PeeringAttempt>[] attempts = [.. requests.Select(request => PeeringAttempt.RunAsync(request, timeProvider, transport: null, log, report: null, cancellationToken))];
        try
        {
            PeeringAttempt[] done = await Task.WhenAll(attempts).ConfigureAwait(false);
            int exitCode = Report([.. done.Select(attempt => attempt.Result)], nonce);
            if (nonce is not null) await HoldAsync(cancellationToken).ConfigureAwait(false);
            return exitCode;
        }
        finally
        {
            // Together: each may take a moment to say goodbye.
            await Task.WhenAll(attempts.Where(attempt => attempt.IsCompletedSuccessfully).Select(attempt => attempt.Result.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private int Report(ImmutableArray<PeeringResult> results, NonceServer? nonce)
    {
        foreach (PeeringResult result in results)
        {
            PeeringReport report = PeeringReport.Create(result) with { Nonce = nonce?.Nonce, Port = nonce?.Port };
            output.WriteLine(JsonSerializer.Serialize(report, AdvertiserJson.Default.PeeringReport));
        }

        output.Flush();
        return results.All(result => result.Succeeded) ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        _logger.Event(LogLevel.Information, "holding until stdin closes or a signal comes");
        byte[] ignored = new byte[256];
        try
        {
            // Reading a terminal cannot be cancelled; waiting for it can.
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
