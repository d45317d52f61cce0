using System.Collections.Immutable;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>What leads from one configuration to another (R14): peers that are in neither list are not touched.</summary>
internal sealed record ConfigChanges(ImmutableArray<PeerConfig> Added, ImmutableArray<PeerConfig> Changed, ImmutableArray<PeerConfig> Removed, bool LocalIPChanged)
{
    public bool IsEmpty => Added.IsEmpty && Changed.IsEmpty && Removed.IsEmpty;

    public static ConfigChanges Between(AdvertiserConfig from, AdvertiserConfig to)
    {
        bool localDiffers = !from.LocalIP.Equals(to.LocalIP) || from.LocalAsn != to.LocalAsn;
        Dictionary<string, PeerConfig> before = from.Peers.ToDictionary(PeerOptions.Name, StringComparer.Ordinal);
        HashSet<string> after = [.. to.Peers.Select(PeerOptions.Name)];
        return new(
            [.. to.Peers.Where(peer => !before.ContainsKey(PeerOptions.Name(peer)))],
            [.. to.Peers.Where(peer => before.TryGetValue(PeerOptions.Name(peer), out PeerConfig? old) && (localDiffers || old != peer))],
            [.. from.Peers.Where(peer => !after.Contains(PeerOptions.Name(peer)))],
            !from.LocalIP.Equals(to.LocalIP));
    }
}
