using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// The floating IPs of one node (R19): holds those for which the controller names this node, as long as their leases let it. May be
/// called from any thread. There must be one agent a node.
/// </summary>
public sealed class FloatingIPAgent : IAsyncDisposable
{
    private readonly Lock _sync = new();
    private readonly FloatingIPEnvironment _environment;
    private readonly LeaseWatch _watch;
    private readonly CancellationTokenSource _cancel = new();
    private readonly Dictionary<IPAddress, FloatingIPPlacement> _placements = [];
    private readonly Dictionary<IPAddress, (FloatingIPHolder Holder, Task Running)> _holders = [];
    private Task? _watching;
    private FloatingIPEnding _ending;

    /// <exception cref="ArgumentException">The settings' durations do not fit each other.</exception>
    public FloatingIPAgent(FloatingIPEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        environment.Settings.Check();
        _environment = environment;
        _watch = new(environment.Store, environment.Settings.Retry, environment.Time, Listed, Changed, Unexpected);
    }

    /// <summary>Those that concern this node now, in the order of their addresses.</summary>
    public ImmutableArray<FloatingIPSnapshot> GetSnapshots()
    {
        lock (_sync) return [.. _holders.Values.Select(entry => entry.Holder.Snapshot).OrderBy(snapshot => snapshot.Address.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>
    /// What the store's group says now; call it first when it was read, and at each change, in their order. Not when the store does not
    /// answer: the last known stays. IPv6 addresses are left out (R4).
    /// </summary>
    /// <param name="group">Null: it was deleted, so no floating IP is left.</param>
    public void Place(NetworkGatewayGroupResource? group)
    {
        lock (_sync)
        {
            if (_ending != FloatingIPEnding.None) return;
            IPAddress[] listed = group is null ? [] : [.. group.FloatingIPs.Where(address => address.AddressFamily == AddressFamily.InterNetwork)];
            foreach (IPAddress gone in _placements.Keys.Except(listed).ToArray()) Place(gone, FloatingIPPlacement.Gone);
            foreach (IPAddress address in listed)
            {
                string? node = group!.Status.FirstOrDefault(status => status.Address.Equals(address))?.Node;
                Place(address, node == _environment.Node ? FloatingIPPlacement.Here : FloatingIPPlacement.Elsewhere);
            }

            // Only now: a lease of this node that is not listed is one to clean up.
            _watching ??= Task.Run(() => _watch.RunAsync(_cancel.Token));
        }
    }

    /// <summary>
    /// Ends all. <see cref="BgpStopMode.Shutdown"/>: routes are withdrawn, addresses removed, leases released.
    /// <see cref="BgpStopMode.PlannedRestart"/>: addresses (until their lifetimes end) and leases are left to the next agent of this node.
    /// Bounded by the settings: some seconds, also when the store is away.
    /// </summary>
    /// <exception cref="OperationCanceledException">Everything was left as it was: the kernel removes the addresses, and the leases run out.</exception>
    public async Task StopAsync(BgpStopMode mode = BgpStopMode.Shutdown, CancellationToken cancellationToken = default)
    {
        Task[] running;
        lock (_sync)
        {
            _ending = mode == BgpStopMode.PlannedRestart ? FloatingIPEnding.PlannedRestart : FloatingIPEnding.Stop;
            foreach ((FloatingIPHolder holder, _) in _holders.Values) holder.End(_ending);
            running = [.. _holders.Values.Select(entry => entry.Running)];
        }

        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static cancel => ((CancellationTokenSource)cancel!).Cancel(), _cancel);
        await using (registration.ConfigureAwait(false))
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }

        await _cancel.CancelAsync().ConfigureAwait(false);
        try
        {
            if (_watching is not null) await _watching.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As was wished just now.
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Stops, unless that is done.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(_ending == FloatingIPEnding.PlannedRestart ? BgpStopMode.PlannedRestart : BgpStopMode.Shutdown).ConfigureAwait(false);

    private void Place(IPAddress address, FloatingIPPlacement placement)
    {
        _placements[address] = placement;
        if (!_holders.TryGetValue(address, out (FloatingIPHolder Holder, Task Running) entry))
        {
            if (placement == FloatingIPPlacement.Gone)
            {
                _placements.Remove(address);
                return;
            }

            entry = Begin(address);
        }

        entry.Holder.Place(placement);
    }

    private (FloatingIPHolder Holder, Task Running) Begin(IPAddress address)
    {
        FloatingIPHolder holder = new(_environment, address);
        return _holders[address] = (holder, Task.Run(() => RunAsync(address, holder)));
    }

    private async Task RunAsync(IPAddress address, FloatingIPHolder holder)
    {
        while (true)
        {
            bool ended = false;
            try
            {
                await holder.RunAsync(_cancel.Token).ConfigureAwait(false);
                ended = true;
            }
            catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // One floating IP must not stop the others, nor stay away for good. Its address has a lifetime, and its lease an end.
                Task pause = Task.Delay(_environment.Settings.Renew, _environment.Time, _cancel.Token);
                _environment.Report(new(address, FloatingIPReportKind.HostFailed, $"Something went wrong that nobody expected, and it begins anew: {exception}"));
                await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (Next(address, ended) is not { } next) return;
            holder = next;
        }
    }

    /// <summary>The state machine after one that has ended or failed; null when there is nothing more to do.</summary>
    private FloatingIPHolder? Next(IPAddress address, bool ended)
    {
        lock (_sync)
        {
            FloatingIPPlacement placement = _placements[address];
            if (ended && (_ending != FloatingIPEnding.None || placement == FloatingIPPlacement.Gone))
            {
                _holders.Remove(address);
                _placements.Remove(address);
                return null;
            }

            FloatingIPHolder holder = new(_environment, address, follows: !ended);
            _holders[address] = (holder, _holders[address].Running);
            holder.Place(placement);
            // One that failed has not let go of anything yet.
            if (_ending != FloatingIPEnding.None) holder.End(_ending);
            return holder;
        }
    }

    private void Listed(IReadOnlyList<LeaseResource> leases)
    {
        Dictionary<string, LeaseResource> byName = leases.ToDictionary(lease => lease.Metadata.Name, StringComparer.Ordinal);
        lock (_sync)
        {
            foreach ((IPAddress address, (FloatingIPHolder holder, _)) in _holders) holder.Watched(byName.GetValueOrDefault(LeaseNames.OfFloatingIP(address)));
            if (_ending != FloatingIPEnding.None) return;
            foreach (LeaseResource lease in leases.Where(lease => lease.Holder == _environment.Node))
            {
                // From before this agent was started: a floating IP that was taken out of the group meanwhile.
                if (LeaseNames.FloatingIPOf(lease.Metadata.Name) is not { AddressFamily: AddressFamily.InterNetwork } address || _holders.ContainsKey(address)) continue;
                _placements[address] = FloatingIPPlacement.Gone;
                Begin(address).Holder.Place(FloatingIPPlacement.Gone);
            }
        }
    }

    private void Unexpected(Exception exception) =>
        _environment.Report(new(null, FloatingIPReportKind.StoreFailed, $"The leases cannot be watched because of something that nobody expected, and it is tried again: {exception}"));

    private void Changed(string name, LeaseResource? lease)
    {
        lock (_sync)
        {
            if (LeaseNames.FloatingIPOf(name) is { } address && _holders.TryGetValue(address, out (FloatingIPHolder Holder, Task Running) entry)) entry.Holder.Watched(lease);
        }
    }
}
