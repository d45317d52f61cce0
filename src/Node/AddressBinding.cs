using System.Collections.Immutable;
using System.Net;

namespace BgpLoadBalancer.Node;

/// <summary>Something that was done with an address, or that failed; for a log.</summary>
/// <param name="Error">Null when it worked.</param>
public readonly record struct AddressBindingEvent(string Message, IPAddress Address, string Interface, string? Error = null, string? Advice = null);

/// <summary>
/// Holds virtual IPs on an interface. They are there with a kernel lifetime that is renewed, so they go even when this process is
/// killed. An address that was there for good before is somebody else's: it is used and left alone.
/// </summary>
/// <param name="adopt">An address with a lifetime is a predecessor's and becomes ours; otherwise it is somebody else's too.</param>
public sealed class AddressBinding(INodeNetwork network, ImmutableArray<IPAddress> vips, bool adopt, Action<AddressBindingEvent> report, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>Stands for the interface that has the local address.</summary>
    public const string AutoInterface = "auto";

    /// <summary>How long an address outlives a killed process.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    /// <summary>R24: what the successor of a planned restart has to start in.</summary>
    public static readonly TimeSpan SuccessorLifetime = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(10);

    // One at a time: a renewal that overtakes a release would put the address back.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<IPAddress> _held = [];
    private string _interface = "";

    /// <summary>Puts the VIPs on. When one fails, those before it are taken off again.</summary>
    /// <param name="interfaceName">A name, or <see cref="AutoInterface"/> for the one that has <paramref name="localIP"/>.</param>
    /// <exception cref="NodeNetworkException">The host refuses, or no interface has <paramref name="localIP"/>.</exception>
    public async Task AcquireAsync(string interfaceName, IPAddress localIP, CancellationToken cancellationToken)
    {
        _interface = interfaceName == AutoInterface ? await FindInterfaceAsync(localIP, cancellationToken).ConfigureAwait(false) : interfaceName;
        try
        {
            await InTurnAsync(vips, vip => AcquireAsync(vip, cancellationToken)).ConfigureAwait(false);
        }
        catch
        {
            await ReleaseAsync(keep: false).ConfigureAwait(false);
            // Nothing is held anywhere now: the next FollowAsync tries again.
            _interface = "";
            throw;
        }
    }

    /// <summary>Moves the VIPs when the interface that 'auto' stands for is another now.</summary>
    public async Task FollowAsync(string interfaceName, IPAddress localIP, CancellationToken cancellationToken)
    {
        if (interfaceName != AutoInterface) return;
        if (await FindInterfaceAsync(localIP, cancellationToken).ConfigureAwait(false) == _interface) return;
        await ReleaseAsync(keep: false).ConfigureAwait(false);
        await AcquireAsync(interfaceName, localIP, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renews the lifetimes until cancelled. A failure is logged and tried again at the next turn.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(RefreshPeriod, timeProvider);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await InTurnAsync(_held, vip => RefreshAsync(vip, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Takes off what <see cref="AcquireAsync(string, IPAddress, CancellationToken)"/> put on; nothing stops it half-way.</summary>
    /// <param name="keep">Leaves the addresses to a successor for <see cref="SuccessorLifetime"/>.</param>
    public Task ReleaseAsync(bool keep) => InTurnAsync(_held, vip => ReleaseAsync(vip, keep));

    /// <summary>Takes off what is still on.</summary>
    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync(keep: false).ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task InTurnAsync(IReadOnlyList<IPAddress> addresses, Func<IPAddress, Task> action)
    {
        // Not cancelled: whoever has the turn is done within seconds.
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            foreach (IPAddress address in addresses.ToArray()) await action(address).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task RefreshAsync(IPAddress vip, CancellationToken cancellationToken)
    {
        try
        {
            await network.SetAsync(vip, _interface, Lifetime, cancellationToken).ConfigureAwait(false);
        }
        catch (NodeNetworkException exception)
        {
            report(new("virtual IP not renewed", vip, _interface, exception.Message));
        }
    }

    private async Task ReleaseAsync(IPAddress vip, bool keep)
    {
        try
        {
            if (keep) await network.SetAsync(vip, _interface, SuccessorLifetime, CancellationToken.None).ConfigureAwait(false);
            else await network.RemoveAsync(vip, _interface, CancellationToken.None).ConfigureAwait(false);
            report(new(keep ? "virtual IP left to the successor" : "virtual IP taken off", vip, _interface));
        }
        catch (NodeNetworkException exception)
        {
            report(new(keep ? "virtual IP not left to the successor" : "virtual IP not taken off", vip, _interface, exception.Message, $"It goes by itself within {Lifetime.TotalSeconds:0} s."));
        }

        _held.Remove(vip);
    }

    private async Task AcquireAsync(IPAddress vip, CancellationToken cancellationToken)
    {
        ImmutableArray<InterfaceAddress> there = await network.FindAsync(vip, cancellationToken).ConfigureAwait(false);
        if (there.FirstOrDefault(entry => entry.IsPermanent || !adopt) is { } foreign)
        {
            report(new("virtual IP was there already and stays when this ends", vip, foreign.Interface));
            return;
        }

        // One with a lifetime is a predecessor's. On another interface it runs out by itself, but until then it would answer there too.
        foreach (InterfaceAddress left in there.Where(entry => entry.Interface != _interface))
        {
            await network.RemoveAsync(vip, left.Interface, cancellationToken).ConfigureAwait(false);
        }

        // First noted, then done: a cancellation in between leaves something to take off, not something forgotten.
        _held.Add(vip);
        await network.SetAsync(vip, _interface, Lifetime, cancellationToken).ConfigureAwait(false);
        bool adopted = there.Any(entry => entry.Interface == _interface);
        report(new(adopted ? "virtual IP taken over" : "virtual IP put on", vip, _interface));
    }

    private async Task<string> FindInterfaceAsync(IPAddress localIP, CancellationToken cancellationToken)
    {
        ImmutableArray<InterfaceAddress> found = await network.FindAsync(localIP, cancellationToken).ConfigureAwait(false);
        return found.FirstOrDefault()?.Interface
            ?? throw new NodeNetworkException($"No interface has the local address {localIP}, so '{AutoInterface}' finds none: name the interface.", NodeNetworkFault.NoInterface);
    }
}
