using System.Net;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>Reads and writes the lease of one floating IP; every outcome is an event, within <see cref="FloatingIPSettings.StoreTimeout"/>.</summary>
/// <param name="clock">The agent's monotonic clock.</param>
internal sealed class LeaseClient(FloatingIPEnvironment environment, IPAddress address, Func<TimeSpan> clock)
{
    private readonly string _name = LeaseNames.OfFloatingIP(address);

    private IClusterStore Store => environment.Store;

    public Task<Func<TimeSpan, FloatingIPEvent>> ReadAsync(ReadLease read, CancellationToken cancellationToken) => AskAsync(
        read.Operation,
        async token =>
        {
            LeaseResource? lease = await Store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, _name, token).ConfigureAwait(false);
            return now => new LeaseRead(now, read.Operation, lease);
        },
        cancellationToken);

    public Task<Func<TimeSpan, FloatingIPEvent>> WriteAsync(WriteLease write, CancellationToken cancellationToken) => AskAsync(
        write.Operation,
        async token =>
        {
            TimeSpan sentAt = clock();
            try
            {
                LeaseResource? lease = await ExecuteAsync(write, token).ConfigureAwait(false);
                return now => new WriteSucceeded(now, write.Operation, sentAt, lease);
            }
            catch (ClusterStoreException exception) when (exception.Error is StoreError.Conflict or StoreError.AlreadyExists or StoreError.NotFound)
            {
                return now => new WriteConflicted(now, write.Operation);
            }
        },
        cancellationToken);

    private async Task<LeaseResource?> ExecuteAsync(WriteLease write, CancellationToken cancellationToken)
    {
        LeaseResource? before = write.Base;
        switch (write.Write)
        {
            case LeaseWrite.Create:
                return await Store.CreateAsync(LeaseRecord.Created(address, environment.Settings.Lease), cancellationToken).ConfigureAwait(false);
            case LeaseWrite.Take:
                LeaseResource lease = LeaseRecord.Taken(before!, environment.Node, environment.Settings.Lease, environment.Time.GetUtcNow());
                return await Store.UpdateAsync(lease, cancellationToken).ConfigureAwait(false);
            case LeaseWrite.Release:
                return await Store.UpdateAsync(LeaseRecord.Released(before!, environment.Node, write.Refusal), cancellationToken).ConfigureAwait(false);
            default:
                await Store.DeleteAsync<LeaseResource>(LeaseNames.SystemNamespace, _name, before!.Metadata.ResourceVersion, cancellationToken).ConfigureAwait(false);
                return null;
        }
    }

    private async Task<Func<TimeSpan, FloatingIPEvent>> AskAsync(
        int operation, Func<CancellationToken, Task<Func<TimeSpan, FloatingIPEvent>>> ask, CancellationToken cancellationToken)
    {
        TimeSpan limit = environment.Settings.StoreTimeout;
        using CancellationTokenSource timeout = new(limit, environment.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (ClusterStoreException exception)
        {
            return now => new StoreFailed(now, operation, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return now => new StoreFailed(now, operation, FormattableString.Invariant($"the store did not answer within {limit.TotalSeconds:0.#} s"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A client that is broken is as good as away, and must cost the address no sooner.
            return now => new StoreFailed(now, operation, $"the store's client failed: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
