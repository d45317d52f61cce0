using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreContract;

/// <content>Many write while others list and watch.</content>
public abstract partial class ClusterStoreContract
{
    private const int Writers = 4;
    private const int Rounds = 12;

    [Fact]
    public async Task A_list_and_the_watch_after_it_miss_nothing()
    {
        string space = await NewNamespaceAsync();
        Task<List<string>>[] writers = [.. Enumerable.Range(0, Writers).Select(number => Task.Run(() => WriteAsync(space, number), Stop))];
        Task<Dictionary<string, List<string>>>[] followers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => FollowAsync(space), Stop))];
        List<string>[] written = await Task.WhenAll(writers).WaitAsync(Patience * 2, Stop);
        foreach (Dictionary<string, List<string>> seen in await Task.WhenAll(followers).WaitAsync(Patience * 2, Stop))
        {
            for (int writer = 0; writer < Writers; writer++)
            {
                // The list shows an object as it was; from there on every version is seen, in order.
                List<string> versions = seen[$"peer-{writer}"];
                Assert.Equal(written[writer].SkipWhile(version => version != versions[0]), versions);
            }
        }
    }

    /// <summary>Writes an object over and over, and marks the end.</summary>
    /// <returns>Its versions.</returns>
    private async Task<List<string>> WriteAsync(string space, int number)
    {
        BgpPeerResource peer = await Store.CreateAsync(Samples.Peer(space, $"peer-{number}"), Stop);
        List<string> versions = [peer.Metadata.ResourceVersion!];
        for (int round = 1; round <= Rounds; round++)
        {
            peer = await Store.UpdateAsync(peer with { HoldTime = round == Rounds ? 0 : 10 + round }, Stop);
            versions.Add(peer.Metadata.ResourceVersion!);
        }

        return versions;
    }

    /// <summary>Lists and watches until all writers are done.</summary>
    /// <returns>The versions that were seen of each object.</returns>
    private async Task<Dictionary<string, List<string>>> FollowAsync(string space)
    {
        ResourceList<BgpPeerResource> list = await Store.ListAsync<BgpPeerResource>(space, Stop);
        Dictionary<string, List<string>> seen = list.Items.ToDictionary(peer => peer.Metadata.Name, peer => new List<string> { peer.Metadata.ResourceVersion! });
        int done = list.Items.Count(peer => peer.HoldTime == 0);
        await using WatchReader<BgpPeerResource> watch = new(Store, space, list.ResourceVersion, Patience, Stop);
        while (done < Writers)
        {
            BgpPeerResource peer = (await watch.NextAsync()).Resource;
            if (!seen.TryGetValue(peer.Metadata.Name, out List<string>? versions)) seen.Add(peer.Metadata.Name, versions = []);
            versions.Add(peer.Metadata.ResourceVersion!);
            if (peer.HoldTime == 0) done++;
        }

        return seen;
    }
}
