using System.Globalization;
using BgpLoadBalancer.Node.Agent;
using BgpLoadBalancer.Node.ControlPlane;

namespace BgpLoadBalancer.AgentHost;

/// <summary>SOCKET NAMESPACE NODE, then settings such as <c>drop=3</c> in seconds.</summary>
internal static class AgentArguments
{
    private const string Advertiser = "advertiser=";

    /// <returns>The file of the node's bgpadvertiser, from <c>advertiser=PATH</c>; null: it has none.</returns>
    public static ControlPlaneSettings? ReadControlPlane(string[] arguments) =>
        arguments.FirstOrDefault(argument => argument.StartsWith(Advertiser, StringComparison.Ordinal)) is { } path ? new() { ConfigPath = path[Advertiser.Length..] } : null;

    /// <exception cref="ArgumentException">They are too few, or one is not known.</exception>
    public static NodeAgentSettings Read(string[] arguments)
    {
        if (arguments.Length < 3) throw new ArgumentException("Give SOCKET NAMESPACE NODE [setting=seconds ...].", nameof(arguments));
        NodeAgentSettings settings = new() { NodeName = arguments[2] };
        foreach (string argument in arguments[3..].Where(argument => !argument.StartsWith(Advertiser, StringComparison.Ordinal)))
        {
            string[] pair = argument.Split('=');
            TimeSpan time = TimeSpan.FromSeconds(double.Parse(pair[1], CultureInfo.InvariantCulture));
            settings = pair[0] switch
            {
                "renew" => settings with { FloatingIPs = settings.FloatingIPs with { Renew = time } },
                "drop" => settings with { FloatingIPs = settings.FloatingIPs with { Drop = time } },
                "lease" => settings with { FloatingIPs = settings.FloatingIPs with { Lease = time } },
                "node-renew" => settings with { NodeLeaseRenew = time },
                "node-lease" => settings with { NodeLeaseDuration = time },
                "report" => settings with { SessionReportPeriod = time },
                _ => throw new ArgumentException($"'{pair[0]}' is not a setting.", nameof(arguments)),
            };
        }

        return settings;
    }
}
