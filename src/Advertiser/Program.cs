using BgpLoadBalancer.Advertiser.Check;
using BgpLoadBalancer.Advertiser.CommandLine;
using BgpLoadBalancer.Advertiser.Configuration;
using BgpLoadBalancer.Advertiser.Logging;
using BgpLoadBalancer.Advertiser.Running;
using BgpLoadBalancer.Node;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (new AdvertiserCommand().Parse(args, Console.Out, Console.Error, out int exitCode) is not { } arguments) return exitCode;
        TimeProvider timeProvider = TimeProvider.System;
        using ILoggerFactory loggers = LogSetup.Create(arguments.LogFormat, arguments.LogLevel, toStandardError: arguments.Check, timeProvider);
        ILogger logger = loggers.CreateLogger(LogCategories.Advertiser);
        ConfigFile file = new(arguments.ConfigPath, arguments.Vips);
        ConfigReading reading = file.Read();
        if (reading.Config is not { } config)
        {
            foreach (ConfigProblem problem in reading.Problems) logger.Problem(problem);
            return ExitCode.BadInput;
        }

        LinuxNodeNetwork network = new(networkNamespace: null, timeProvider);
        try
        {
            return arguments.Check
                ? await new CheckRun(arguments, loggers, network, timeProvider, Console.Out, Console.OpenStandardInput()).RunAsync(config).ConfigureAwait(false)
                : await new AdvertiserRun(arguments, loggers, network, timeProvider).RunAsync(file, reading).ConfigureAwait(false);
        }
        catch (BadInputException exception)
        {
            logger.Event(LogLevel.Error, exception.Message);
            return ExitCode.BadInput;
        }
        catch (Exception exception) when (exception is LocalFaultException or NodeNetworkException)
        {
            logger.Event(LogLevel.Error, exception.Message);
            return ExitCode.LocalFault;
        }
    }
}
