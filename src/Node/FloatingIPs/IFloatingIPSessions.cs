using System.Net;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>How the sessions from a floating IP end.</summary>
public enum SessionClosing
{
    /// <summary>R24's planned restart: no withdrawal and no NOTIFICATION, so routers keep the routes for the next holder to confirm.</summary>
    Graceful,

    /// <summary>Withdraw everything, then Cease: nobody goes on from this address.</summary>
    Withdraw,
}

/// <summary>The sessions that start from floating IPs of this node (R3, R18). For one address, calls come one after the other.</summary>
public interface IFloatingIPSessions
{
    /// <summary>The address is on this host now: the plan's sessions may start from it. Returns without waiting for any to be Established.</summary>
    Task OpenAsync(IPAddress address, CancellationToken cancellationToken);

    /// <summary>Ends the sessions from the address, and returns when the last one is closed. Nothing to do is fine.</summary>
    Task CloseAsync(IPAddress address, SessionClosing closing, CancellationToken cancellationToken);
}
