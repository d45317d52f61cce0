using System.Globalization;
using System.Net;
using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Reads a BGPPeer (R28).</summary>
internal static class BgpPeerReader
{
    private const int MostSessions = 1024;
    private const int MostPrepends = 16;

    public static BgpPeerResource? Read(FieldReader root, ResourceMetadata metadata)
    {
        root.Ignore("status");
        FieldReader? spec = root.Mapping("spec", required: true);
        root.Finish();
        if (spec is null) return null;
        IPAddress? address = spec.IPv4("peerIP", required: true);
        BgpPeerResource peer = new()
        {
            Metadata = metadata,
            PeerIP = address ?? IPAddress.None,
            LocalAsn = spec.Value<uint>("localASN", FieldValues.Asn, required: true) ?? 0,
            PeerAsn = spec.Value<uint>("peerASN", FieldValues.Asn, required: true) ?? 0,
            Sessions = spec.Value("sessions", FieldValues.Between(1, MostSessions)),
            PeerPort = spec.Value<int>("peerPort", FieldValues.Port),
            HoldTime = spec.Value("holdTime", FieldValues.Between(0, 65535)),
            KeepaliveTime = spec.Value("keepaliveTime", FieldValues.Between(0, 21845)),
            ConnectRetryTime = spec.Value("connectRetryTime", FieldValues.Between(1, 65535)),
            TtlSecurity = spec.Value<bool>("ttlSecurity", FieldValues.Bool),
            PasswordSecret = spec.Text("password"),
            GracefulRestart = spec.Value<bool>("gracefulRestart", FieldValues.Bool),
            Communities = spec.Values<string>("communities", Community).OrEmpty(),
            LargeCommunities = spec.Values<string>("largeCommunities", LargeCommunity).OrEmpty(),
            Med = spec.Value<uint>("med", FieldValues.UInt),
            Prepend = spec.Value("prepend", FieldValues.Between(0, MostPrepends)),
        };
        spec.Refuse("bfd", "R28", "BFD does not work yet, so it cannot be set.", "Leave 'bfd' out; a shorter holdTime finds a dead peer sooner.");
        spec.Finish();
        return address is null ? null : peer;
    }

    // RFC 1997.
    private static FieldProblem? Community(DocumentScalar scalar, out string value) =>
        Numbers(scalar, 2, ushort.MaxValue, "two numbers from 0 to 65535, such as 65001:100", out value);

    // RFC 8092.
    private static FieldProblem? LargeCommunity(DocumentScalar scalar, out string value) =>
        Numbers(scalar, 3, uint.MaxValue, "three numbers from 0 to 4294967295, such as 65001:1:100", out value);

    private static FieldProblem? Numbers(DocumentScalar scalar, int count, uint most, string right, out string value)
    {
        value = scalar.Text;
        string[] parts = value.Split(':');
        bool fits = parts.Length == count && parts.All(part => uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= most);
        return fits ? null : new($"{FieldValues.Show(scalar)} is not a community of this kind.", $"Write {right}.");
    }
}
