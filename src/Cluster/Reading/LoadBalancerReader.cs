using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads <c>spec.loadBalancer</c> of a Cluster (R25).</summary>
internal static class LoadBalancerReader
{
    public static LoadBalancerSpec Read(FieldReader fields, ReadingContext context)
    {
        string mode = fields.Text("mode") ?? "bundled";
        bool bgp = fields.Object("type", FieldValues.OneOf("bgp", "layer2")) == "bgp";
        FieldReader? ports = fields.Mapping("ports");
        FieldReader? vips = fields.Mapping("vips");
        fields.Refuse("controlPlaneBGP", "R25", "The field 'controlPlaneBGP' does not exist, though the documentation names it once.", "Use bgpPeers, with localASN beside it.");
        LoadBalancerSpec spec = new()
        {
            Mode = mode,
            Type = bgp ? LoadBalancerType.Bgp : LoadBalancerType.Layer2,
            LocalAsn = fields.Value<uint>("localASN", FieldValues.Asn, required: bgp) ?? 0,
            BgpPeers = fields.List("bgpPeers", (DocumentNode node, string path, [NotNullWhen(true)] out ControlPlanePeer? peer) => TryReadPeer(node, path, context, out peer)).OrEmpty(),
            ControlPlaneLBPort = ports?.Value<int>("controlPlaneLBPort", FieldValues.Port) ?? 443,
            ControlPlaneVip = bgp ? vips?.IPv4("controlPlaneVIP") : vips?.Object<IPAddress>("controlPlaneVIP", FieldValues.Address),
            IngressVip = vips?.Object<IPAddress>("ingressVIP", FieldValues.Address),
            AddressPools = fields.List("addressPools", (DocumentNode node, string path, [NotNullWhen(true)] out AddressPool? pool) => ReadPool(node, path, context, out pool)).OrEmpty(),
            NodePool = ClusterReader.ReadNodePool(fields, context),
        };
        ports?.FinishShared();
        vips?.FinishShared();
        return spec;
    }

    private static bool TryReadPeer(DocumentNode node, string path, ReadingContext context, [NotNullWhen(true)] out ControlPlanePeer? peer)
    {
        FieldReader fields = new(node, path, context);
        IPAddress? address = fields.IPv4("ip", required: true);
        uint? asn = fields.Value<uint>("asn", FieldValues.Asn, required: true);
        int port = fields.Value<int>("port", FieldValues.Port) ?? BgpPeerOptions.DefaultPort;
        ImmutableArray<IPAddress> nodes = fields.Values<IPAddress>("controlPlaneNodes", FieldValues.IPv4Address);
        fields.Finish();
        peer = address is null ? null : new(address, asn ?? 0, port, nodes.IsDefault ? null : nodes);
        return peer is not null;
    }

    private static bool ReadPool(DocumentNode node, string path, ReadingContext context, [NotNullWhen(true)] out AddressPool? pool)
    {
        FieldReader fields = new(node, path, context);
        string? name = fields.Text("name", required: true);
        ImmutableArray<AddressRange> addresses = fields.Values<AddressRange>("addresses", FieldValues.Range, required: true).OrEmpty();
        pool = new(name ?? "", addresses, fields.Bool("avoidBuggyIPs"), fields.Bool("manualAssign"));
        fields.Finish();
        return true;
    }
}
