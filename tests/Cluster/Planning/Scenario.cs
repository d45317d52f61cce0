using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Resources;
using CsCheck;

namespace BgpLoadBalancer.Cluster.Tests.Planning;

/// <summary>One change to a cluster, and the keys that a watcher would report for it.</summary>
internal sealed record Change(ClusterSnapshot Snapshot, ChangedKey Key);

/// <summary>Random clusters, and random changes to them, few enough things that the changes meet each other.</summary>
internal static class Scenario
{
    private const int Names = 12;

    private static readonly Gen<ServiceResource> s_service = Gen.Select(Gen.Int[0, Names - 1], Gen.Int[0, 11], Gen.Int[0, 5], (name, kind, address) => Service(name, kind, address));

    public static Gen<ClusterSnapshot> Cluster { get; } = Gen.Select(Gen.Int[1, 6], Gen.Int[0, 5], Gen.Int[0, 3], s_service.Array[0, 10], Gen.Int[0, 255], (nodes, floating, peers, services, bits) =>
    {
        ServiceResource[] distinct = [.. services.DistinctBy(service => service.Metadata.Name)];
        ClusterSnapshot snapshot = Snapshots.Cluster(nodes, floating, peers, distinct).With(spec => spec with
        {
            // Eight addresses: some services have to wait.
            AddressPools = [Snapshots.Pool("pool1", "10.100.0.0-10.100.0.5", "2001:db8:100::-2001:db8:100::1"), new("asked", [Snapshots.Range("10.100.1.0-10.100.1.1")], AvoidBuggyIPs: true, ManualAssign: true)],
            IngressVip = Snapshots.IP("10.100.0.3"),
        });
        return snapshot with { Nodes = [.. snapshot.Nodes.Select((node, i) => node with { Ready = (bits >> i & 1) == 0 || i % 2 == 0 })], PlacementIsGiven = bits >= 192 };
    });

    public static Gen<Func<ClusterSnapshot, Change>> Step { get; } = Gen.OneOf(
        s_service.Select(service => (Func<ClusterSnapshot, Change>)(snapshot => Put(snapshot, service))),
        s_service.Select(service => (Func<ClusterSnapshot, Change>)(snapshot => Put(snapshot, service))),
        Gen.Int[0, Names - 1].Select(name => (Func<ClusterSnapshot, Change>)(snapshot => new(snapshot with { Services = snapshot.Services.RemoveAll(service => service.Metadata.Name == Name(name)) }, ChangedKey.Service("default", Name(name))))),
        Gen.Select(Gen.Int[0, Names - 1], Gen.Int[0, 1], (name, ready) => (Func<ClusterSnapshot, Change>)(snapshot => Endpoints(snapshot, Name(name), ready))),
        Gen.Select(Gen.Int[0, 5], Gen.Bool, (node, ready) => (Func<ClusterSnapshot, Change>)(snapshot => node < snapshot.Nodes.Length ? Other(snapshot.WithNode(node, old => old with { Ready = ready })) : Other(snapshot))),
        Gen.Int[0, 5].Select(node => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot with { NodesWithoutLease = snapshot.NodesWithoutLease.SymmetricExcept([Snapshots.Node(node).Metadata.Name]) }))),
        Gen.Int[0, 6].Select(count => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot.WithFloatingIPs(Enumerable.Range(0, count).Select(Snapshots.FloatingIP))))),
        Gen.Bool.Select(comes => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot.With(spec => spec with { AddressPools = [.. spec.AddressPools.Where(pool => pool.Name != "more"), .. comes ? [Snapshots.Pool("more", "10.100.2.0-10.100.2.1", "2001:db8:102::/127")] : Array.Empty<AddressPool>()] })))),
        Gen.Int[0, 5].Select(vip => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot.With(spec => vip < 3 ? spec with { IngressVip = Snapshots.IP($"10.100.0.{vip}") } : spec with { ControlPlaneVip = Snapshots.IP($"10.100.0.{vip}") })))),
        Gen.Select(Gen.Int[0, 5], Gen.Int[-1, 6], (floating, node) => (Func<ClusterSnapshot, Change>)(snapshot => Other(Placed(snapshot, floating, node)))),
        Gen.Bool.Select(given => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot with { PlacementIsGiven = given }))),
        Gen.Bool.Select(ready => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot with { Nodes = [.. snapshot.Nodes.Select(node => node with { Ready = ready })] }))),
        Gen.Int[0, 3].Select(count => (Func<ClusterSnapshot, Change>)(snapshot => Other(snapshot with { BgpPeers = [.. Enumerable.Range(0, count).Select(i => Snapshots.Peer(i))] }))));

    public static ClusterSnapshot Shuffle(ClusterSnapshot snapshot, int seed)
    {
        Random random = new(seed);
        return snapshot with
        {
            Nodes = Mixed(snapshot.Nodes),
            Services = Mixed(snapshot.Services),
            EndpointSlices = Mixed(snapshot.EndpointSlices),
            BgpPeers = Mixed(snapshot.BgpPeers),
            NetworkGatewayGroup = snapshot.NetworkGatewayGroup! with { FloatingIPs = Mixed(snapshot.NetworkGatewayGroup!.FloatingIPs), Status = Mixed(snapshot.NetworkGatewayGroup!.Status) },
        };

        ImmutableArray<T> Mixed<T>(ImmutableArray<T> items)
        {
            T[] array = [.. items];
            random.Shuffle(array);
            return [.. array];
        }
    }

    private static string Name(int i) => $"s{i}";

    private static ServiceResource Service(int name, int kind, int address)
    {
        ServiceResource service = Snapshots.Service(Name(name));
        string ip = $"10.100.0.{address}";
        return kind switch
        {
            0 => service with { ExternalTrafficPolicy = ExternalTrafficPolicy.Local },
            1 or 2 => service with { RequestedAddress = ip },
            10 => service with { Addresses = [Snapshots.IP(ip)], WantsIPv4 = false, WantsIPv6 = true },
            11 => service with { Metadata = Snapshots.Meta("istio-ingress", "gke-system") },
            3 or 4 => service with { Addresses = [Snapshots.IP(ip)] },
            5 => service with { WantsIPv6 = true },
            6 => service with { WantsIPv6 = true, Addresses = [Snapshots.IP(ip), Snapshots.IP("2001:db8:100::1")] },
            7 => service with { LoadBalancerClass = "other" },
            8 => service with { Metadata = service.Metadata with { Annotations = service.Metadata.Annotations.Add(ServiceResource.PoolAnnotation, "asked") } },
            9 => service with { RequestedAddress = "10.100.1.0" },
            _ => service,
        };
    }

    private static Change Put(ClusterSnapshot snapshot, ServiceResource service)
    {
        ImmutableArray<ServiceResource> others = snapshot.Services.RemoveAll(other => other.Metadata.Name == service.Metadata.Name);
        return new(snapshot with { Services = others.Add(service) }, ChangedKey.Of(service));
    }

    private static Change Endpoints(ClusterSnapshot snapshot, string service, int ready)
    {
        EndpointSliceResource slice = Snapshots.Slice(Snapshots.Service(service), ready);
        return new(snapshot with { EndpointSlices = snapshot.EndpointSlices.RemoveAll(other => other.ServiceName == service).Add(slice) }, ChangedKey.Of(slice));
    }

    // What the controller wrote, or was about to: a node that is there, one that is not, or none.
    private static ClusterSnapshot Placed(ClusterSnapshot snapshot, int floating, int node)
    {
        NetworkGatewayGroupResource group = snapshot.NetworkGatewayGroup!;
        FloatingIPStatus status = new(Snapshots.FloatingIP(floating), node < 0 ? null : Snapshots.Node(node).Metadata.Name, node < 0 ? "No reason." : null);
        return snapshot with { NetworkGatewayGroup = group with { Status = group.Status.RemoveAll(old => old.Address.Equals(status.Address)).Add(status) } };
    }

    private static Change Other(ClusterSnapshot snapshot) => new(snapshot, ChangedKey.Other);
}
