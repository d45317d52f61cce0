using System.Net;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Kubernetes.Manifests;

namespace BgpLoadBalancer.Kubernetes.Tests.Rules;

/// <summary>Kubernetes' own kinds, as its tools write them.</summary>
public sealed class CoreKindTests
{
    [Fact]
    public void A_node_gives_its_addresses_its_subnets_and_whether_it_is_ready()
    {
        NodeResource node = Assert.IsType<NodeResource>(Read("""
            apiVersion: v1
            kind: Node
            metadata:
              name: node-01
              annotations:
                networking.gke.io/bgp-node-addresses: 10.0.1.10/24, 2001:db8::10/64
            status:
              addresses:
              - {type: Hostname, address: node-01}
              - {type: InternalIP, address: 10.0.1.10}
              conditions:
              - {type: MemoryPressure, status: "False"}
              - {type: Ready, status: "False"}
            """));
        Assert.Equal([IPAddress.Parse("10.0.1.10")], node.InternalIPs);
        Assert.Equal([new(IPAddress.Parse("10.0.1.10"), 24), new(IPAddress.Parse("2001:db8::10"), 64)], node.InterfaceAddresses);
        Assert.False(node.Ready);
        Assert.Equal("", node.Metadata.Namespace);
    }

    [Theory]
    [InlineData("ipFamilies: [IPv6]", false, true)]
    [InlineData("ipFamilies: [IPv4, IPv6]", true, true)]
    [InlineData("ipFamilyPolicy: RequireDualStack", true, true)]
    [InlineData("ipFamilyPolicy: SingleStack", true, false)]
    [InlineData("clusterIP: None", true, false)]
    public void A_service_wants_the_families_that_it_names(string line, bool four, bool six)
    {
        ServiceResource service = Assert.IsType<ServiceResource>(Read($"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  type: LoadBalancer\n  {line}\n"));
        Assert.Equal((four, six, true, "default"), (service.WantsIPv4, service.WantsIPv6, service.IsLoadBalancer, service.Metadata.Namespace));
    }

    [Fact]
    public void A_service_keeps_what_it_asks_for_and_what_it_holds()
    {
        ServiceResource service = Assert.IsType<ServiceResource>(Read("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec:
              type: LoadBalancer
              loadBalancerIP: 10.0.0.3
              loadBalancerClass: example.com/other
              externalTrafficPolicy: Local
            status:
              loadBalancer:
                ingress:
                - hostname: web.example.com
                - ip: 10.0.0.3
            """));
        Assert.Equal(("10.0.0.3", "example.com/other", ExternalTrafficPolicy.Local), (service.RequestedAddress, service.LoadBalancerClass, service.ExternalTrafficPolicy));
        Assert.Equal([IPAddress.Parse("10.0.0.3")], service.Addresses);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public void An_endpoint_slice_counts_what_is_ready_and_silence_counts_as_ready(string version)
    {
        EndpointSliceResource slice = Assert.IsType<EndpointSliceResource>(Read($$"""
            apiVersion: discovery.k8s.io/{{version}}
            kind: EndpointSlice
            metadata: {name: web-1, namespace: shop, labels: { kubernetes.io/service-name: web } }
            endpoints:
            - {addresses: [192.168.0.1], conditions: { ready: true } }
            - {addresses: [192.168.0.2], conditions: { ready: false } }
            - {addresses: [192.168.0.3], conditions: { } }
            - {addresses: [192.168.0.4]}
            """));
        Assert.Equal(("web", "shop", 3), (slice.ServiceName, slice.Metadata.Namespace, slice.ReadyEndpoints));
    }

    [Fact]
    public void Items_of_a_typed_list_need_not_repeat_their_kind()
    {
        ReadResult read = ReadAll("apiVersion: v1\nkind: NodeList\nmetadata: {resourceVersion: \"5\"}\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n");
        Assert.Equal(["Node a", "Node b"], read.Resources.Select(source => source.Title));
        Assert.Equal("items[1]", read.Resources[1].BasePath);
        Assert.Empty(read.Findings);
    }

    private static Resource Read(string text)
    {
        ReadResult read = ReadAll(text);
        Assert.Empty(read.Findings);
        return Assert.Single(read.Resources).Resource;
    }

    private static ReadResult ReadAll(string text) => ResourceReader.Read(new YamlManifestFormat().Parse(text, "test.yaml").Documents);
}
