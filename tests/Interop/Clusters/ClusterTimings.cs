using System.Globalization;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>The durations of a cluster in the lab, in seconds.</summary>
internal sealed record ClusterTimings(double Renew, double Drop, double Lease, double NodeRenew, double NodeLease, double Report)
{
    /// <summary>What users have.</summary>
    public static ClusterTimings Defaults { get; } = new(2, 12, 15, 5, 15, 10);

    /// <summary>Short enough for a test, and still possible.</summary>
    public static ClusterTimings Quick { get; } = new(0.5, 3, 5, 1, 3, 2);

    public string[] Arguments =>
    [
        Argument("renew", Renew), Argument("drop", Drop), Argument("lease", Lease), Argument("node-renew", NodeRenew), Argument("node-lease", NodeLease), Argument("report", Report),
    ];

    private static string Argument(string name, double seconds) => string.Create(CultureInfo.InvariantCulture, $"{name}={seconds}");
}
