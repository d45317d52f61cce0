using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Kubernetes.Tests.Golden;

/// <summary>Each golden cluster, good or bad, reconciled on an embedded store: what was foretold is done, and then there is nothing left to do (R38).</summary>
public sealed class ReconciliationOfCases
{
    public static TheoryData<string> Cases =>
        [.. new[] { GoldenTests.CasesFolder, GoldenTests.ExamplesFolder }.SelectMany(Directory.EnumerateDirectories).Select(path => Path.GetRelativePath(RepositoryRoot.Path, path)).Order(StringComparer.Ordinal)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_second_pass_writes_nothing(string folder)
    {
        string path = Path.Combine(RepositoryRoot.Path, folder);
        if (!Directory.Exists(Path.Combine(path, "before")))
        {
            await CheckAsync(CaseState.Read(path));
            return;
        }

        CaseState before = CaseState.Read(Path.Combine(path, "before"));
        await CheckAsync(before);
        await CheckAsync(CaseState.Read(Path.Combine(path, "after"), before));
    }

    private static async Task CheckAsync(CaseState state)
    {
        if (!state.HasCluster) return;
        ClusterSnapshot snapshot = state.Snapshot();
        ManifestClusterStore store = new(new() { Seed = 1 });
        foreach (Resource resource in state.Resources().Where(CanBeStored)) await PutAsync(store, resource);
        string space = snapshot.Cluster.Metadata.Namespace;
        ReconciliationPass pass = new(store, space, snapshot.WithdrawWithoutEndpoints);

        ReconciliationPreview preview = await pass.PreviewAsync((await SnapshotReader.ReadAsync(store, space, Token))!, Token);
        List<PlanStep> done = [];
        await pass.RunAsync(done.Add, Token);
        Assert.Equal(preview.Steps, done);

        string version = (await store.ListAsync<NodeResource>(null, Token)).ResourceVersion;
        await pass.RunAsync(step => Assert.Fail($"{step}"), Token);
        Assert.Equal(version, (await store.ListAsync<NodeResource>(null, Token)).ResourceVersion);
        Assert.Equal(0, (await pass.PreviewAsync((await SnapshotReader.ReadAsync(store, space, Token))!, Token)).Writes);
    }

    // Of the others the findings tell; no store has them.
    private static bool CanBeStored(Resource resource) =>
        ResourceName.IsValid(resource.Metadata.Name) && (!StoredKind.Of(resource.GetType()).IsNamespaced || ResourceName.IsValid(resource.Metadata.Namespace));

    private static async Task PutAsync(ManifestClusterStore store, Resource resource)
    {
        ResourceAccess access = ResourceAccess.For(resource);
        Resource created = await access.CreateAsync(store, resource, Token);
        if (ResourceStatus.IsPartOf(resource)) _ = await access.UpdateStatusAsync(store, ResourceStatus.Take(created, resource), Token);
    }
}
