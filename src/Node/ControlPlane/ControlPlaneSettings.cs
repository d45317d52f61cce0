using System.Net;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>How a node agent cares for the bgpadvertiser of its node (R15). On nodes outside the control plane it has nothing to do.</summary>
public sealed record ControlPlaneSettings
{
    private static readonly TimeSpan s_shortestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What bgpadvertiser gets as <c>--config</c>, from the root on. Its folder has to be there. The file is replaced, never changed in place: who mounts it into a container
    /// mounts the folder.
    /// </summary>
    public required string ConfigPath { get; init; }

    /// <summary>bgpadvertiser's <c>--health-address</c>.</summary>
    public IPEndPoint HealthAddress { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>How often it is asked for its sessions, and at most how long it may take to answer. A tenth of a second to a minute.</summary>
    public TimeSpan PollPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="ArgumentException">A setting is not possible; the message says which, and what would be right.</exception>
    public void Check()
    {
        if (!Path.IsPathFullyQualified(ConfigPath) || ConfigPath.Contains('\0', StringComparison.Ordinal) || Path.GetFileName(ConfigPath).Length == 0)
        {
            throw new ArgumentException($"The configuration of bgpadvertiser would be '{ConfigPath}': give the path of a file, from the root on.");
        }

        if (HealthAddress.Port == 0) throw new ArgumentException($"bgpadvertiser would be asked at {HealthAddress}: give the port of its --health-address.");
        if (PollPeriod < s_shortestPoll || PollPeriod > s_longestPoll) throw new ArgumentException(FormattableString.Invariant($"bgpadvertiser would be asked every {PollPeriod.TotalSeconds:0.###} s: give 0.1 s to 60 s."));
    }
}
