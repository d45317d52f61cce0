using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Advertiser.Logging;
using Microsoft.Extensions.Logging;

namespace BgpLoadBalancer.Advertiser.CommandLine;

/// <summary>The command line, checked.</summary>
internal sealed record AdvertiserArguments
{
    /// <summary>R41.</summary>
    public static IPEndPoint DefaultHealthAddress { get; } = new(IPAddress.Loopback, 8080);

    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(30);

    public required string ConfigPath { get; init; }

    /// <summary>IPv4 (R4), each once, at least one.</summary>
    public required ImmutableArray<IPAddress> Vips { get; init; }

    /// <summary>The interface that gets the VIPs, <see cref="Node.AddressBinding.AutoInterface"/>, or null for none.</summary>
    public string? BindInterface { get; init; }

    public IPEndPoint HealthAddress { get; init; } = DefaultHealthAddress;

    public Uri? HealthCheckUrl { get; init; }

    public string? HealthCheckCa { get; init; }

    public LogFormat LogFormat { get; init; } = LogFormat.Json;

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public bool Check { get; init; }

    public bool Hold { get; init; }

    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public bool Force { get; init; }
}
