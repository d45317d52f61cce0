using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Node.Tests;

/// <summary>A host in memory. Lifetimes stay as they were set.</summary>
internal sealed class FakeNodeNetwork(params InterfaceAddress[] addresses) : INodeNetwork
{
    private readonly List<InterfaceAddress> _addresses = [.. addresses];

    /// <summary>Refuses to set this address.</summary>
    public IPAddress? Refused { get; set; }

    /// <summary>What setting an address waits for.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    public SemaphoreSlim WasSet { get; } = new(0);

    public InterfaceAddress[] Addresses => [.. _addresses];

    public Task<ImmutableArray<InterfaceAddress>> FindAsync(IPAddress address, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<InterfaceAddress>>([.. _addresses.Where(entry => entry.Address.Equals(address))]);

    public async Task SetAsync(IPAddress address, string interfaceName, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        WasSet.Release();
        await Ready;
        if (address.Equals(Refused)) throw new NodeNetworkException("refused", NodeNetworkFault.NotPermitted);
        _addresses.RemoveAll(entry => entry.Address.Equals(address) && entry.Interface == interfaceName);
        _addresses.Add(new(interfaceName, address, 32, lifetime));
    }

    public Task<bool> RemoveAsync(IPAddress address, string interfaceName, CancellationToken cancellationToken) =>
        Task.FromResult(_addresses.RemoveAll(entry => entry.Address.Equals(address) && entry.Interface == interfaceName) > 0);
}
