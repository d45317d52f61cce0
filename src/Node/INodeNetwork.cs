using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Node;

/// <summary>The addresses of this host's interfaces.</summary>
/// <remarks>Every member throws <see cref="NodeNetworkException"/> when the host refuses or cannot.</remarks>
public interface INodeNetwork
{
    /// <summary>Where an address stands now: one entry for each interface that has it, whatever its prefix length.</summary>
    Task<ImmutableArray<InterfaceAddress>> FindAsync(IPAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the address (/32 or /128) on an interface with a lifetime, or sets the lifetime of the one that is there. The kernel removes
    /// it when the lifetime has run out, whatever became of us.
    /// </summary>
    /// <param name="lifetime">Whole seconds, at least 1.</param>
    Task SetAsync(IPAddress address, string interfaceName, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Takes the address (/32 or /128) off.</summary>
    /// <returns>False when it was not there any more.</returns>
    Task<bool> RemoveAsync(IPAddress address, string interfaceName, CancellationToken cancellationToken);
}
