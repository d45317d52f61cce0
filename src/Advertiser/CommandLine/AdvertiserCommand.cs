using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Net;
using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.CommandLine;

/// <summary>The flags of bgpadvertiser.</summary>
internal sealed class AdvertiserCommand
{
    private readonly Option<string> _config = new("--config")
    {
        Description = "The YAML file with localIP, localASN and peers. Read again on SIGHUP and when it changes.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<ImmutableArray<IPAddress>> _advertiseIP = new("--advertise-ip")
    {
        Description = "A virtual IP (IPv4) to announce as /32. May be given several times.",
        HelpName = "VIP",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ArgumentParsers.Vips,
    };

    private readonly Option<string?> _bindInterface = new("--bind-interface")
    {
        Description = "Put the virtual IPs on this interface while running; 'auto' is the one that has localIP.",
        HelpName = "IF|auto",
    };

    private readonly Option<IPEndPoint> _healthAddress = new("--health-address")
    {
        Description = "Where /healthz, /readyz, /metrics and /sessions are served [default: 127.0.0.1:8080]",
        HelpName = "ADDRESS:PORT",
        CustomParser = ArgumentParsers.HealthAddress,
    };

    private readonly Option<Uri?> _healthCheckUrl = new("--health-check-url")
    {
        Description = "Announce only while this http or https address answers with a success.",
        HelpName = "URL",
        CustomParser = ArgumentParsers.HealthCheckUrl,
    };

    private readonly Option<string?> _healthCheckCa = new("--health-check-ca")
    {
        Description = "The PEM file of the authorities that --health-check-url is verified with.",
        HelpName = "FILE",
    };

    private readonly Option<string> _logFormat = new Option<string>("--log-format") { Description = "json or text [default: json]" }
        .AcceptOnlyFromAmong("json", "text");

    private readonly Option<string> _logLevel = new Option<string>("--log-level") { Description = "The least level that is logged [default: info]" }
        .AcceptOnlyFromAmong(LogLevelNames.All);

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Connect, announce, print one JSON result for each peer, withdraw and end. Logs go to stderr.",
    };

    private readonly Option<bool> _hold = new("--hold")
    {
        Description = "With --check: stay after the results until stdin closes or a signal comes, answering TCP connections to the virtual IP.",
    };

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "With --check: how long to wait for Established, in seconds [default: 30]",
        HelpName = "S",
        CustomParser = ArgumentParsers.Timeout,
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "With --check: go on although this host has a session between these addresses, which the check may disturb.",
    };

    private readonly RootCommand _root;

    public AdvertiserCommand() => _root = new("Announces virtual IPs of a control plane to BGP routers.")
    {
        _config, _advertiseIP, _bindInterface, _healthAddress, _healthCheckUrl, _healthCheckCa, _logFormat, _logLevel, _check, _hold, _timeout, _force,
    };

    /// <summary>Reads the command line. Help, version and errors are written here.</summary>
    /// <returns>Null when there is nothing more to do; then the exit code says how it went.</returns>
    public AdvertiserArguments? Parse(string[] args, TextWriter output, TextWriter error, out int exitCode)
    {
        ParseResult result = _root.Parse(args);
        exitCode = ExitCode.Success;
        // Help and version are actions of their own, whatever else is missing.
        if (result.Action is not null and not ParseErrorAction)
        {
            result.Invoke(new InvocationConfiguration { Output = output, Error = error });
            return null;
        }

        string[] problems = [.. result.Errors.Select(problem => problem.Message), .. Misplaced(result)];
        if (problems.Length == 0) return Read(result);
        foreach (string problem in problems) error.WriteLine($"bgpadvertiser: {problem}");
        error.WriteLine("'bgpadvertiser --help' lists the flags.");
        exitCode = ExitCode.BadInput;
        return null;
    }

    private AdvertiserArguments Read(ParseResult result) => new()
    {
        ConfigPath = result.GetRequiredValue(_config),
        Vips = result.GetRequiredValue(_advertiseIP),
        BindInterface = result.GetValue(_bindInterface),
        HealthAddress = result.GetValue(_healthAddress) ?? AdvertiserArguments.DefaultHealthAddress,
        HealthCheckUrl = result.GetValue(_healthCheckUrl),
        HealthCheckCa = result.GetValue(_healthCheckCa),
        LogFormat = result.GetValue(_logFormat) == "text" ? LogFormat.Text : LogFormat.Json,
        LogLevel = result.GetValue(_logLevel) is { } level ? LogLevelNames.Parse(level) : LogLevel.Information,
        Check = result.GetValue(_check),
        Hold = result.GetValue(_hold),
        Timeout = result.GetResult(_timeout) is null ? AdvertiserArguments.DefaultTimeout : result.GetValue(_timeout),
        Force = result.GetValue(_force),
    };

    // A flag that would do nothing is an error: whoever gave it expects something of it.
    private IEnumerable<string> Misplaced(ParseResult result)
    {
        bool check = IsGiven(result, _check);
        foreach (Option option in (Option[])[_hold, _timeout, _force])
        {
            if (!check && IsGiven(result, option)) yield return $"{option.Name} goes with --check only.";
        }

        foreach (Option option in (Option[])[_healthAddress, _healthCheckUrl])
        {
            if (check && IsGiven(result, option)) yield return $"{option.Name} does not go with --check, which opens no health port and announces at once.";
        }

        // A URL that could not be read has its own error.
        if (IsGiven(result, _healthCheckCa) && result.Errors.Count == 0 && result.GetValue(_healthCheckUrl)?.Scheme != Uri.UriSchemeHttps)
        {
            yield return "--health-check-ca goes with an https address in --health-check-url only.";
        }
    }

    private static bool IsGiven(ParseResult result, Option option) => result.GetResult(option) is { Implicit: false };
}
