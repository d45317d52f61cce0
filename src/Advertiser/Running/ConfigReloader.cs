using System.Threading.Channels;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Node;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.Running;

/// <summary>Looks at the file each second and at SIGHUP; a bad file is reported once and changes nothing.</summary>
/// <param name="apply">Takes a new configuration into force; a <see cref="LocalFaultException"/> leaves the old one there.</param>
/// <param name="valid">Told whether the configuration in force is the file's.</param>
internal sealed class ConfigReloader(ConfigFile file, ConfigReading first, Func<AdvertiserConfig, Task> apply, Action<bool> valid, ILogger logger, TimeProvider timeProvider)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConfigChangeDetector _detector = new(first);

    // Each item is a look at the file; true was asked for.
    private readonly Channel<bool> _looks = Channel.CreateUnbounded<bool>(new() { SingleReader = true });

    /// <summary>Asks for a look at once.</summary>
    public void Ask() => _looks.Writer.TryWrite(true);

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using ITimer timer = timeProvider.CreateTimer(_ => _looks.Writer.TryWrite(false), null, Period, Period);
        await foreach (bool asked in _looks.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            ConfigReading reading = file.Read();
            if (asked) _detector.Accept(reading);
            else if (!_detector.Poll(reading)) continue;
            await TakeAsync(reading).ConfigureAwait(false);
        }
    }

    private async Task TakeAsync(ConfigReading reading)
    {
        if (reading.Config is null)
        {
            valid(false);
            foreach (ConfigProblem problem in reading.Problems) logger.Problem(problem);
            logger.Event(LogLevel.Error, "configuration is bad, the one before it stays in force", ("file", file.Path), ("problems", reading.Problems.Length));
            return;
        }

        try
        {
            await apply(reading.Config).ConfigureAwait(false);
            valid(true);
        }
        catch (Exception exception) when (exception is LocalFaultException or NodeNetworkException)
        {
            valid(false);
            logger.Event(LogLevel.Error, "configuration does not fit this host, the one before it stays in force", ("file", file.Path), ("error", exception.Message));
        }
    }
}
