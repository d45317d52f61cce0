using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Validation;

namespace BgpLoadBalancer.Cluster.Tests.Validation;

/// <summary>R34: what can change once a cluster was created, and what cannot.</summary>
public sealed class ChangeTests
{
    private static readonly Dictionary<string, (Func<ClusterResource, ClusterResource> Change, string? Path)> Table = new()
    {
        ["nothing"] = (cluster => cluster, null),
        ["name"] = (cluster => cluster with { Metadata = cluster.Metadata with { Name = "other" } }, "metadata.name"),
        ["advanced networking off"] = (cluster => cluster with { AdvancedNetworking = false }, "spec.clusterNetwork.advancedNetworking"),
        ["mode"] = (Balancer(spec => spec with { Mode = "manual" }), "spec.loadBalancer.mode"),
        ["type"] = (Balancer(spec => spec with { Type = LoadBalancerType.Layer2 }), "spec.loadBalancer.type"),
        ["port"] = (Balancer(spec => spec with { ControlPlaneLBPort = 6443 }), "spec.loadBalancer.ports.controlPlaneLBPort"),
        ["control-plane VIP"] = (Balancer(spec => spec with { ControlPlaneVip = IPAddress.Parse("10.0.0.9") }), "spec.loadBalancer.vips.controlPlaneVIP"),
        ["ingress VIP"] = (Balancer(spec => spec with { IngressVip = IPAddress.Parse("10.0.0.2") }), "spec.loadBalancer.vips.ingressVIP"),
        ["ingress VIP removed"] = (Balancer(spec => spec with { IngressVip = null }), "spec.loadBalancer.vips.ingressVIP"),
        ["pool removed"] = (Balancer(spec => spec with { AddressPools = [], IngressVip = spec.IngressVip }), "spec.loadBalancer.addressPools"),
        ["pool renamed"] = (Balancer(spec => spec with { AddressPools = [spec.AddressPools[0] with { Name = "pool9" }] }), "spec.loadBalancer.addressPools"),
        ["range changed"] = (Balancer(spec => spec with { AddressPools = [spec.AddressPools[0] with { Addresses = [Sample.Range("10.0.0.1-10.0.0.5")] }] }), "spec.loadBalancer.addressPools[0].addresses"),
        ["range added to a pool"] = (Balancer(spec => spec with { AddressPools = [spec.AddressPools[0] with { Addresses = [.. spec.AddressPools[0].Addresses, Sample.Range("10.4.0.0/28")] }] }), "spec.loadBalancer.addressPools[0].addresses"),
        ["range written otherwise"] = (Balancer(spec => spec with { AddressPools = [spec.AddressPools[0] with { Addresses = [Sample.Range("10.0.0.1 - 10.0.0.4")] }] }), null),
        ["pool added"] = (Balancer(spec => spec with { AddressPools = [new("pool0", [Sample.Range("10.4.0.0/28")]), .. spec.AddressPools] }), null),
        ["local ASN"] = (Balancer(spec => spec with { LocalAsn = 65009 }), null),
        ["peers"] = (Balancer(spec => spec with { BgpPeers = [spec.BgpPeers[0], new(IPAddress.Parse("10.8.0.12"), 65002)] }), null),
        ["node pool"] = (Balancer(spec => spec with { NodePool = [IPAddress.Parse("10.0.1.20")] }), null),
    };

    public static TheoryData<string> Changes => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_refused_where_the_field_is_fixed(string name)
    {
        (Func<ClusterResource, ClusterResource> change, string? path) = Table[name];
        Finding[] refused = [.. ConfigurationRules
            .CheckChange(Sample.Of(Sample.Cluster, Sample.Gateways), Sample.Of(change(Sample.Cluster), Sample.Gateways))
            .Where(finding => finding.Rule == "R34")];
        Assert.Equal(path is null ? [] : [path], refused.Select(finding => finding.Path));
        Assert.All(refused, finding => Assert.True(finding is { Severity: FindingSeverity.Error, Message.Length: > 0, Advice.Length: > 0 }));
    }

    [Fact]
    public void The_custom_resources_can_change() =>
        Assert.DoesNotContain(
            ConfigurationRules.CheckChange(
                Sample.Of(Sample.Cluster, Sample.Gateways),
                Sample.Of(Sample.Cluster, Sample.Gateways with { FloatingIPs = [IPAddress.Parse("10.0.1.102"), IPAddress.Parse("10.0.1.103")] }, Sample.Peer("peer1", "10.9.0.10"))),
            finding => finding.Severity == FindingSeverity.Error);

    private static Func<ClusterResource, ClusterResource> Balancer(Func<LoadBalancerSpec, LoadBalancerSpec> change) =>
        cluster => cluster with { LoadBalancer = change(cluster.LoadBalancer) };
}
