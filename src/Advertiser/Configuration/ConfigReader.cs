using System.Collections.Immutable;
using System.Net;
using System.Text;
using BgpLoadBalancer.Bgp.Routes;
using BgpLoadBalancer.Yaml;
using BgpLoadBalancer.Yaml.Reading;

namespace BgpLoadBalancer.Advertiser.Configuration;

/// <summary>Turns the YAML tree into a configuration, and finds everything that is wrong with it at once.</summary>
internal sealed class ConfigReader(YamlFindings findings, ImmutableArray<IPAddress> vips, PasswordFile passwordFile)
{
    // RFC 2385 has no limit; Linux' TCP_MD5SIG_MAXKEYLEN has.
    private const int LongestPassword = 80;

    /// <returns>Null when there are findings.</returns>
    public AdvertiserConfig? Read(YamlNode root)
    {
        YamlFields fields = new(root, "", findings);
        IPAddress? localIP = fields.IPv4Address("localIP", required: true);
        uint? localAsn = fields.Asn("localASN", required: true);
        ImmutableArray<(YamlNode Node, string Path)> items = fields.Items("peers", required: true);
        if (localIP is not null) CheckAddress(fields, "localIP", localIP);
        List<PeerConfig> peers = [];
        Dictionary<IPAddress, int> lines = [];
        foreach ((YamlNode node, string path) in items)
        {
            if (ReadPeer(new(node, path, findings), localIP, localAsn, lines) is { } peer) peers.Add(peer);
        }

        fields.Finish();
        return findings.Count == 0 ? new(localIP!, localAsn!.Value, [.. peers]) : null;
    }

    private PeerConfig? ReadPeer(YamlFields fields, IPAddress? localIP, uint? localAsn, Dictionary<IPAddress, int> lines)
    {
        IPAddress? peerIP = fields.IPv4Address("peerIP", required: true);
        uint? peerAsn = fields.Asn("peerASN", required: true);
        int? port = fields.Port("peerPort");
        TimeSpan? holdTime = fields.Seconds("holdTime", HoldTime);
        bool? ttlSecurity = fields.Bool("ttlSecurity");
        string? password = ReadPassword(fields);
        fields.Finish();
        if (peerIP is not null) CheckPeerAddress(fields, peerIP, localIP, lines);
        if (peerAsn is not null && peerAsn == localAsn)
        {
            fields.Report("peerASN", $"The peer's ASN {peerAsn} is our own localASN, and only external BGP is possible.", "Give the router's ASN, or correct localASN.");
        }

        if (peerIP is null || peerAsn is null) return null;
        PeerConfig peer = new(peerIP, peerAsn.Value) { Password = password };
        return peer with { PeerPort = port ?? peer.PeerPort, HoldTime = holdTime ?? peer.HoldTime, TtlSecurity = ttlSecurity ?? peer.TtlSecurity };
    }

    private void CheckPeerAddress(YamlFields fields, IPAddress peerIP, IPAddress? localIP, Dictionary<IPAddress, int> lines)
    {
        CheckAddress(fields, "peerIP", peerIP);
        if (peerIP.Equals(localIP)) fields.Report("peerIP", $"The peer {peerIP} is our own localIP.", "Give the router's address.");
        if (!lines.TryAdd(peerIP, fields.Position.Line))
        {
            fields.Report("peerIP", $"The peer {peerIP} is there already, in line {lines[peerIP]}.", "Keep one of the two.");
        }
    }

    private void CheckAddress(YamlFields fields, string key, IPAddress address)
    {
        if (!NextHopAddress.IsUsable(address)) fields.Report(key, $"{address} cannot be the address of a host.", "Give a unicast address.");
        if (vips.Contains(address)) fields.Report(key, $"{address} is a virtual IP of --advertise-ip.", "Give the address that the host itself has.");
    }

    private string? ReadPassword(YamlFields fields)
    {
        string? password = fields.Text("password", secret: true);
        string key = "password";
        if (fields.Text("passwordFile") is { } name)
        {
            key = "passwordFile";
            if (fields.Has("password")) fields.Report(key, "There is a password too.", "Keep either password or passwordFile.");
            else if (passwordFile.Read(name, out password) is { } problem) fields.Report(key, problem.Message, problem.Advice);
        }

        if (password is not null && Encoding.UTF8.GetByteCount(password) > LongestPassword)
        {
            fields.Report(key, $"The password is longer than {LongestPassword} octets, the most that TCP MD5 takes.", "Give a shorter one, here and at the router.", secret: true);
        }

        return password;
    }

    // RFC 4271 §4.2.
    private static YamlProblem? HoldTime(YamlScalar scalar, out long value) =>
        YamlValues.Number(scalar, 0, ushort.MaxValue, out value) is null && value is not (1 or 2)
            ? null
            : new($"'{scalar.Text}' is not a hold time.", "Write whole seconds: 3 to 65535, or 0 for a session without keepalives.");
}
