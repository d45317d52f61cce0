using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.PowerShell.Loading;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>An export writes no passwords: which Secrets somebody has to bring along himself.</summary>
internal static class UnwrittenSecrets
{
    /// <summary>The titles of those Secrets that a BGPPeer names and that files do not have as the cluster does.</summary>
    /// <exception cref="ClusterStoreException">The cluster does not answer.</exception>
    public static async Task<ImmutableArray<string>> FindAsync(ConnectedCluster cluster, ImmutableArray<WrittenManifest> files, CancellationToken cancellationToken)
    {
        ResourceList<BgpPeerResource> peers = await cluster.Store.ListAsync<BgpPeerResource>(cluster.Namespace, cancellationToken).ConfigureAwait(false);
        HashSet<string> named = [.. peers.Items.Select(peer => peer.PasswordSecret).OfType<string>()];
        if (named.Count == 0) return [];
        ResourceList<SecretResource> secrets = await cluster.Store.ListAsync<SecretResource>(cluster.Namespace, cancellationToken).ConfigureAwait(false);
        ManifestDocument[] documents = [.. files.SelectMany(file => Plugins.OfModule.Call(() => ManifestFormat.Instance.Parse(file.Text, file.Path)).Documents)];
        ILookup<string, SecretResource> written = ResourceReader.Read(documents).Resources.Where(source => source.Resource is SecretResource).ToLookup(source => source.Title, source => (SecretResource)source.Resource);
        return
        [
            .. secrets.Items
                .Where(secret => named.Contains(secret.Metadata.Name))
                .Select(secret => (Secret: secret, Title: StoredKind.Of(typeof(SecretResource)).Title(secret.Metadata.Namespace, secret.Metadata.Name)))
                .Where(pair => !written[pair.Title].Any(other => other.Data.SequenceEqual(pair.Secret.Data)))
                .Select(pair => pair.Title),
        ];
    }
}
