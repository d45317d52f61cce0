using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>A session of a cluster that is another one than before.</summary>
/// <param name="Before">Null: there was none.</param>
/// <param name="Now">Null: there is none any more.</param>
/// <param name="AtStart">It is one of those that were there when following began.</param>
internal readonly record struct SessionChange(BgpSessionResource? Before, BgpSessionResource? Now, bool AtStart);

/// <summary>Follows the sessions of a cluster as its nodes report them.</summary>
/// <param name="changed">Gets what was seen at one moment; nothing only when following begins and there is none.</param>
internal sealed class SessionFeed(IClusterStore store, Action<IReadOnlyList<SessionChange>> changed, Action<ClusterStoreException> interrupted, TimeProvider timeProvider)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, BgpSessionResource> _known = new(StringComparer.Ordinal);
    private bool _started;

    /// <summary>Tells of all that are there, then of each change, until cancelled. While the store does not answer it is asked again and again.</summary>
    /// <exception cref="ClusterStoreException">The store refuses.</exception>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        string? version = null;
        string? problem = null;
        while (true)
        {
            try
            {
                if (version is null)
                {
                    ResourceList<BgpSessionResource> list = await store.ListAsync<BgpSessionResource>(LeaseNames.SystemNamespace, cancellationToken).ConfigureAwait(false);
                    Replace(list.Items);
                    (version, problem) = (list.ResourceVersion, null);
                }

                await foreach (ResourceChange<BgpSessionResource> change in store.WatchAsync<BgpSessionResource>(LeaseNames.SystemNamespace, version, cancellationToken).ConfigureAwait(false))
                {
                    version = change.Resource.Metadata.ResourceVersion ?? version;
                    changed([See(change.Resource.Metadata.Name, change.Kind == ResourceChangeKind.Deleted ? null : change.Resource)]);
                }
            }
            catch (ClusterStoreException exception) when (exception.Error is StoreError.Expired or StoreError.Unavailable)
            {
                version = null;
                if (exception.Error == StoreError.Unavailable && exception.Message != problem) interrupted(exception);
                problem = exception.Message;
            }

            await Task.Delay(s_pause, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Replace(IReadOnlyCollection<BgpSessionResource> all)
    {
        string[] gone = [.. _known.Keys.Except(all.Select(session => session.Metadata.Name))];
        IEnumerable<BgpSessionResource> inOrder = all.OrderBy(session => session.Metadata.Name, StringComparer.Ordinal);
        changed([.. gone.Select(name => See(name, null)), .. inOrder.Select(session => See(session.Metadata.Name, session))]);
        _started = true;
    }

    private SessionChange See(string name, BgpSessionResource? now)
    {
        _ = _known.Remove(name, out BgpSessionResource? before);
        if (now is not null) _known.Add(name, now);
        return new(before, now, !_started);
    }
}
