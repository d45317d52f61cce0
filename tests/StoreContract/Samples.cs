using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.StoreContract;

/// <summary>
/// Two objects of every kind that differ in every field, as far as Kubernetes' own rules for the kind let them; times are in whole seconds, which is
/// what the API server keeps.
/// </summary>
public static class Samples
{
    private static readonly DateTimeOffset s_time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A plain BGPPeer, for facts that are not about its fields.</summary>
    public static BgpPeerResource Peer(string space, string name) =>
        new() { Metadata = new() { Name = name, Namespace = space }, LocalAsn = 65001, PeerAsn = 65002, PeerIP = Ip("10.8.0.10"), Sessions = 2 };

    public static LeaseResource Lease(string space, string name, string? holder) =>
        new() { Metadata = new() { Name = name, Namespace = space }, Holder = holder, DurationSeconds = 15 };

    public static NetworkGatewayGroupResource Gateways(string space, string name) =>
        new() { Metadata = new() { Name = name, Namespace = space }, FloatingIPs = [Ip("10.0.1.100"), Ip("10.0.1.101")] };

    public static ClusterResource Cluster(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        Type = second ? ClusterType.Hybrid : ClusterType.User,
        AdvancedNetworking = !second,
        ServiceCidrs = second ? [IPNetwork.Parse("10.97.0.0/16")] : [IPNetwork.Parse("10.96.0.0/16"), IPNetwork.Parse("fd00::/112")],
        ControlPlaneNodes = second ? [Ip("10.0.1.12")] : [Ip("10.0.1.10"), Ip("10.0.1.11")],
        LoadBalancer = new()
        {
            Mode = second ? "manual" : "bundled",
            Type = second ? LoadBalancerType.Layer2 : LoadBalancerType.Bgp,
            LocalAsn = second ? 65001 : 4200000001,
            BgpPeers = second ? [new(Ip("10.8.0.12"), 65003)] : [new(Ip("10.8.0.10"), 4200000002, 1790, [Ip("10.0.1.10")]), new(Ip("10.8.0.11"), 65002)],
            ControlPlaneLBPort = second ? 443 : 6443,
            ControlPlaneVip = Ip(second ? "10.0.0.9" : "10.0.0.8"),
            IngressVip = Ip(second ? "10.0.0.2" : "10.0.0.1"),
            AddressPools = second
                ? [new("pool2", [Range("10.1.0.0/28")], ManualAssign: true)]
                : [new("pool1", [Range("10.0.0.1-10.0.0.4"), Range("2001:db8::1-2001:db8::20")], AvoidBuggyIPs: true)],
            NodePool = second ? null : [Ip("10.0.1.20")],
        },
    };

    public static NetworkGatewayGroupResource Gateways(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        FloatingIPs = second ? [Ip("10.0.1.102")] : [Ip("10.0.1.100"), Ip("10.0.1.101")],
        Status = second ? [new(Ip("10.0.1.102"), "node-02")] : [new(Ip("10.0.1.100"), "node-01"), new(Ip("10.0.1.101"), null, "No node of its subnet is healthy.")],
    };

    public static BgpLoadBalancerResource LoadBalancer(string space, bool second) =>
        new() { Metadata = Metadata(space, second), PeerSelector = Map(second ? "example.com/rack" : "example.com/peer", second ? "2" : "true") };

    public static BgpPeerResource Peer(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        LocalAsn = second ? 65001 : 4200000001,
        PeerAsn = second ? 65002 : 4200000002,
        PeerIP = Ip(second ? "10.9.0.11" : "10.9.0.10"),
        Sessions = second ? null : 2,
        PeerPort = second ? 179 : 1790,
        HoldTime = second ? null : 9,
        KeepaliveTime = second ? null : 3,
        ConnectRetryTime = second ? 7 : 5,
        TtlSecurity = second ? false : true,
        PasswordSecret = second ? null : "bgp-password",
        GracefulRestart = second ? null : false,
        Communities = second ? [] : ["65001:100", "65001:200"],
        LargeCommunities = second ? ["65001:1:200"] : ["4200000001:1:100"],
        Med = second ? null : 0,
        Prepend = second ? 1 : 2,
    };

    public static ClusterCidrConfigResource CidrConfig(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        IPv4 = new(IPNetwork.Parse(second ? "172.16.0.0/14" : "192.168.0.0/16"), second ? 25 : 24),
        IPv6 = second ? null : new(IPNetwork.Parse("2001:db8:1::/112"), 120),
    };

    public static BgpSessionResource Session(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        FloatingIP = second ? null : Ip("10.0.1.100"),
        LocalAsn = second ? 65001 : 4200000001,
        LocalIP = Ip(second ? "10.0.1.11" : "10.0.1.100"),
        NodeName = second ? "node-02" : "node-01",
        PeerAsn = second ? 65002 : 4200000002,
        PeerIP = Ip(second ? "10.9.0.11" : "10.9.0.10"),
        Status = new()
        {
            State = second ? BgpSessionStatus.Unknown : "Established",
            LastReportTime = s_time.AddSeconds(second ? 10 : 0),
            AdvertisedRoutes = second ? [] : [IPNetwork.Parse("10.0.0.1/32"), IPNetwork.Parse("2001:db8::1/128")],
            LastError = second ? "The hold timer expired." : null,
            EstablishedTime = second ? null : s_time.AddSeconds(-60),
            Flaps = second ? 4 : 3,
            AddPath = !second,
        },
    };

    public static BgpAdvertisedRouteResource Route(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        ServiceNamespace = second ? "prod" : "default",
        ServiceName = second ? "shop" : "web",
        Prefix = IPNetwork.Parse(second ? "2001:db8::1/128" : "10.0.0.1/32"),
        Metric = second ? null : 0,
        NextHops = second ? [new("node-02", Ip("2001:db8:1::11"))] : [new("node-02", Ip("10.0.1.11")), new("node-01", Ip("10.0.1.10"))],
    };

    /// <summary>Nodes are in no namespace: their names are made of one.</summary>
    public static NodeResource Node(string space, bool second)
    {
        ResourceMetadata metadata = Metadata("", second);
        ImmutableArray<InterfacePrefix> addresses = second ? [new(Ip("10.0.2.10"), 25)] : [new(Ip("10.0.1.10"), 24), new(Ip("2001:db8:1::10"), 64)];
        return new()
        {
            Metadata = metadata with { Name = $"{space}.{metadata.Name}", Annotations = metadata.Annotations.SetItem(NodeResource.AddressesAnnotation, InterfacePrefixes.Format(addresses)) },
            InternalIPs = second ? [Ip("10.0.2.10")] : [Ip("10.0.1.10"), Ip("2001:db8:1::10")],
            Ready = second,
            InterfaceAddresses = addresses,
        };
    }

    /// <summary>The name is a DNS label, as Services need it. It keeps its primary address family, which Kubernetes lets nobody change.</summary>
    public static ServiceResource Service(string space, bool second) => new()
    {
        Metadata = Metadata(space, second) with { Name = second ? "second" : "first" },
        IsLoadBalancer = !second,
        ExternalTrafficPolicy = second ? ExternalTrafficPolicy.Cluster : ExternalTrafficPolicy.Local,
        RequestedAddress = second ? null : "10.0.0.2",
        Addresses = second ? [] : [Ip("10.0.0.2")],
        Announcement = second ? null : new(false, "NoReadyEndpoint", "No endpoint of the service is ready."),
    };

    public static EndpointSliceResource EndpointSlice(string space, bool second)
    {
        ResourceMetadata metadata = Metadata(space, second);
        string service = second ? "shop" : "web";
        return new()
        {
            Metadata = metadata with { Labels = metadata.Labels.SetItem(EndpointSliceResource.ServiceLabel, service) },
            ServiceName = service,
            ReadyEndpoints = second ? 0 : 3,
        };
    }

    public static SecretResource Secret(string space, bool second) =>
        new() { Metadata = Metadata(space, second), Data = Map(second ? "other" : SecretResource.PasswordKey, second ? "b3RoZXI=" : "c2VjcmV0") };

    public static LeaseResource Lease(string space, bool second) => new()
    {
        Metadata = Metadata(space, second),
        Holder = second ? null : "node-01",
        DurationSeconds = second ? 30 : 15,
        AcquireTime = second ? null : s_time,
        RenewTime = s_time.AddSeconds(second ? 12 : 2),
        Transitions = second ? 5 : 4,
    };

    private static ResourceMetadata Metadata(string space, bool second) => new()
    {
        Name = second ? "second.10.0.1.101" : "first.10.0.1.100",
        Namespace = space,
        Labels = Map("example.com/rack", second ? "r2" : "r1"),
        Annotations = second ? Map("example.com/note", "") : Map("example.com/note", "as it's: \"said\"\nin two lines").Add("example.com/more", "é"),
    };

    private static ImmutableSortedDictionary<string, string> Map(string key, string value) => ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    private static IPAddress Ip(string text) => IPAddress.Parse(text);

    private static AddressRange Range(string text) => AddressRange.TryParse(text, out AddressRange range) ? range : throw new FormatException(text);
}
