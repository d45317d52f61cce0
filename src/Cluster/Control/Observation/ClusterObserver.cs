using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Control.Observation;

/// <summary>What a planner needs, at one moment.</summary>
/// <param name="Snapshot">Null while there is no Cluster.</param>
/// <param name="Changes">What differs from the observation before.</param>
/// <param name="Secrets">Those of the cluster's namespace, where <see cref="ObserverSettings.Secrets"/>; the same array while nothing in it has changed.</param>
public readonly record struct ClusterObservation(ClusterSnapshot? Snapshot, ImmutableArray<ChangedKey> Changes, ImmutableArray<SecretResource> Secrets);

/// <summary>
/// Watches everything that a plan is made of: the configuration in the admin cluster (for an agent, its copy), and Nodes, Services,
/// EndpointSlices and the agents' Leases in the user cluster. For one consumer.
/// </summary>
public sealed class ClusterObserver
{
    private readonly ResourceCache<ClusterResource> _clusters;
    private readonly ResourceCache<NetworkGatewayGroupResource> _groups;
    private readonly ResourceCache<BgpLoadBalancerResource> _balancers;
    private readonly ResourceCache<BgpPeerResource> _peers;
    private readonly ResourceCache<NodeResource> _nodes;
    private readonly ResourceCache<ServiceResource> _services;
    private readonly ResourceCache<EndpointSliceResource> _slices;
    private readonly ResourceCache<SecretResource>? _secrets;
    private readonly NodeLeases _leases;
    private readonly ObserverSettings _settings;
    private ImmutableHashSet<string> _without = [];
    private ImmutableHashSet<string> _awaited = [];
    private TimeSpan? _nextExpiry;
    private long _takenAt;
    private long? _firstTakenAt;

    /// <param name="random">Spreads what many observers do at one time.</param>
    public ClusterObserver(ClusterStores stores, ObserverSettings settings, TimeProvider timeProvider, Random random, Action<ControlEvent> report)
    {
        ArgumentNullException.ThrowIfNull(stores);
        _settings = settings;
        Hub = new(timeProvider, random, report);
        _clusters = Planned<ClusterResource>(stores.Configuration, stores.Namespace);
        _groups = Planned<NetworkGatewayGroupResource>(stores.Configuration, stores.Namespace);
        _balancers = Planned<BgpLoadBalancerResource>(stores.Configuration, stores.Namespace);
        _peers = Planned<BgpPeerResource>(stores.Configuration, stores.Namespace);
        _nodes = Planned<NodeResource>(stores.Workload, null);
        _services = Planned<ServiceResource>(stores.Workload, null);
        _slices = Planned<EndpointSliceResource>(stores.Workload, null);
        if (settings.Secrets) _secrets = Hub.Add<SecretResource>(stores.Configuration, stores.Namespace);
        _leases = new(Hub.Add<LeaseResource>(stores.Workload, LeaseNames.SystemNamespace), settings.NodeLeaseDuration, timeProvider);
    }

    /// <summary>What is seen is how things are now; false before everything has been seen once, and while the store is away.</summary>
    public bool IsCurrent => Hub.IsCurrent;

    /// <summary>What is not seen at the moment, and why; null while all is.</summary>
    public string? Problem => Hub.Problem;

    internal ObservationHub Hub { get; }

    internal ResourceCache<NetworkGatewayGroupResource> Groups => _groups;

    internal ResourceCache<BgpPeerResource> Peers => _peers;

    internal ResourceCache<ClusterResource> Clusters => _clusters;

    internal ResourceCache<BgpLoadBalancerResource> Balancers => _balancers;

    internal ResourceCache<ServiceResource> Services => _services;

    /// <summary>Keeps watching until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Hub.RunAsync(cancellationToken);

    /// <summary>Waits until something has changed, or the time is over, and then says how things are; before that, until everything has been seen once.</summary>
    /// <param name="atMost">Null: however long it takes.</param>
    public async Task<ClusterObservation> NextAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        do
        {
            // Counted from when it was told: what was done since has taken time too.
            TimeSpan? until = Hub.IsSynced ? Sooner(atMost, _nextExpiry - Hub.TimeProvider.GetElapsedTime(_takenAt)) : null;
            await Hub.WaitAsync(until, cancellationToken).ConfigureAwait(false);
        }
        while (!Hub.IsSynced);
        lock (Hub.Lock) return Take();
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private ResourceCache<T> Planned<T>(IClusterStore store, string? resourceNamespace)
        where T : Resource
    {
        ResourceCache<T> cache = Hub.Add<T>(store, resourceNamespace);
        cache.KeepsChanges = true;
        return cache;
    }

    private ClusterObservation Take()
    {
        _takenAt = Hub.TimeProvider.GetTimestamp();
        ImmutableArray<NodeResource> nodes = _nodes.All;
        ImmutableHashSet<string> without = _leases.Without(nodes.Select(node => node.Metadata.Name), out _nextExpiry);
        HashSet<ChangedKey> changes = [];
        Collect(_clusters, changes);
        Collect(_groups, changes);
        Collect(_balancers, changes);
        Collect(_peers, changes);
        Collect(_nodes, changes);
        Collect(_services, changes);
        Collect(_slices, changes);
        ImmutableHashSet<string> awaited = Awaited(nodes, without);
        if (!without.SetEquals(_without) || !awaited.SetEquals(_awaited)) _ = changes.Add(ChangedKey.Other);
        (_without, _awaited) = (without, awaited);
        // One cluster a namespace; a second one is an error of the configuration (R33).
        ClusterResource? cluster = _clusters.All.MinBy(candidate => candidate.Metadata.Name, StringComparer.Ordinal);
        ClusterSnapshot? snapshot = cluster is null ? null : new()
        {
            Cluster = cluster,
            NetworkGatewayGroup = _groups.All.FirstOrDefault(group => group.Metadata.Name == "default"),
            BgpLoadBalancer = _balancers.All.FirstOrDefault(balancer => balancer.Metadata.Name == "default"),
            BgpPeers = _peers.All,
            Nodes = nodes,
            Services = _services.All,
            EndpointSlices = _slices.All,
            NodesWithoutLease = without,
            NodesAwaited = awaited,
            PlacementIsGiven = _settings.PlacementIsGiven,
            WithdrawWithoutEndpoints = _settings.WithdrawWithoutEndpoints,
        };
        return new(snapshot, [.. changes], _secrets?.All ?? []);
    }

    // Nodes that live, and say nothing of their subnets. One without an agent never will.
    private ImmutableHashSet<string> Awaited(ImmutableArray<NodeResource> nodes, ImmutableHashSet<string> without)
    {
        _firstTakenAt ??= _takenAt;
        TimeSpan left = _settings.NodeLeaseDuration - Hub.TimeProvider.GetElapsedTime(_firstTakenAt.Value, _takenAt);
        if (!_settings.AwaitsSubnets || left <= TimeSpan.Zero) return [];
        ImmutableHashSet<string> awaited = [.. nodes.Where(node => node.Ready && !node.Metadata.Annotations.ContainsKey(NodeResource.AddressesAnnotation)).Select(node => node.Metadata.Name).Where(node => !without.Contains(node))];
        if (!awaited.IsEmpty) _nextExpiry = Sooner(_nextExpiry, left);
        return awaited;
    }

    private static void Collect<T>(ResourceCache<T> cache, HashSet<ChangedKey> changes)
        where T : Resource => changes.UnionWith(cache.TakeChanged());
}
