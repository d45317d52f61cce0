using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Planning;
using BgpLoadBalancer.Cluster.Planning.Hypotheses;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Planning;

/// <summary>
/// A router to imagine: an address, which takes the ASN that the routers there have, or anything with the properties that New-BgpPeer and
/// Add-BgpControlPlanePeer take: a hashtable, a BgpPeer, a row of a table.
/// </summary>
public sealed class PeerToAdd
{
    private readonly IPAddress _address;
    private readonly uint? _asn;
    private readonly int? _port;
    private readonly int? _sessions;
    private readonly string? _name;
    private readonly ImmutableSortedDictionary<string, string>? _labels;
    private readonly ImmutableArray<IPAddress>? _nodes;

    internal PeerToAdd(IPAddress address) => _address = address;

    /// <param name="value">Gives the value of a property; null for none.</param>
    /// <exception cref="ArgumentTransformationMetadataException">A value is missing, or is not what it should be.</exception>
    internal PeerToAdd(Func<string, object?> value)
    {
        _address = Convert<IPAddress>(value, "PeerIPAddress", "an IPv4 address such as 10.0.1.1") ?? throw new ArgumentTransformationMetadataException("A peer to add needs a PeerIPAddress.");
        _asn = Convert<uint?>(value, "PeerASN", "an AS number such as 65000");
        _port = Convert<int?>(value, "Port", "a port such as 179");
        _sessions = Convert<int?>(value, "Sessions", "a number");
        _name = Convert<string>(value, "Name", "a text");
        _nodes = Convert<IPAddress[]>(value, "ControlPlaneNode", "addresses of control-plane nodes") is { Length: > 0 } nodes ? [.. nodes] : null;
        if (Convert<IDictionary>(value, "Label", "a hashtable") is { Count: > 0 } labels)
        {
            _labels = labels.Keys.Cast<object>().ToImmutableSortedDictionary(key => $"{key}", key => string.Create(CultureInfo.InvariantCulture, $"{labels[key]}"));
        }
    }

    /// <summary>
    /// The cluster with it. It comes where the routers for services are: as a BGPPeer where there are BGPPeers that a BGPLoadBalancer selects from, or where
    /// it has what only a BGPPeer can have; else as an entry of bgpPeers, which serve the control plane and services.
    /// </summary>
    /// <exception cref="HypothesisException">It is there already, no ASN can be told, and the like.</exception>
    internal ClusterSnapshot AddTo(ClusterSnapshot snapshot)
    {
        bool ofServices = _nodes is null && (_sessions is not null || _labels is not null || (snapshot.BgpLoadBalancer is not null && !snapshot.BgpPeers.IsEmpty));
        if (_nodes is not null && (_sessions is not null || _labels is not null)) throw new HypothesisException($"Peer {_address}: ControlPlaneNode is for a peer of the control plane, Sessions and Label are for a BGPPeer; one of the two.");
        uint asn = _asn ?? AsnOf(ofServices ? snapshot.BgpPeers.Select(peer => peer.PeerAsn) : snapshot.Cluster.LoadBalancer.BgpPeers.Select(peer => peer.Asn));
        return ofServices
            ? snapshot.AddPeer(new BgpPeerResource
            {
                Metadata = new() { Name = string.IsNullOrEmpty(_name) ? $"{_address}" : _name, Namespace = snapshot.Cluster.Metadata.Namespace, Labels = _labels ?? ImmutableSortedDictionary<string, string>.Empty },
                LocalAsn = snapshot.Cluster.LoadBalancer.LocalAsn,
                PeerAsn = asn,
                PeerIP = _address,
                PeerPort = _port,
                Sessions = _sessions,
            })
            : snapshot.AddPeer(new ControlPlanePeer(_address, asn, _port ?? BgpPeerOptions.DefaultPort, _nodes));
    }

    private uint AsnOf(IEnumerable<uint> there)
    {
        uint[] asns = [.. there.Distinct()];
        if (asns is [var asn]) return asn;
        string why = asns.Length == 0 ? "there is no other peer to take it from" : $"the peers there have different ones ({string.Join(", ", asns)})";
        throw new HypothesisException($"The ASN of peer {_address} is not known, as {why}: write @{{ PeerIPAddress = '{_address}'; PeerASN = 65000 }}.");
    }

    private static T? Convert<T>(Func<string, object?> value, string name, string wanted)
    {
        object? given = value(name);
        if (given is PSObject wrapped) given = wrapped.BaseObject;
        if (given is null || (given is string text && string.IsNullOrWhiteSpace(text))) return default;
        try
        {
            if (typeof(T) == typeof(IPAddress) || typeof(T) == typeof(IPAddress[])) given = new IPAddressTransformAttribute().Transform(null!, given);
            return LanguagePrimitives.ConvertTo<T>(given);
        }
        catch (Exception e) when (e is PSInvalidCastException or ArgumentTransformationMetadataException)
        {
            throw new ArgumentTransformationMetadataException($"{name} of a peer to add is '{given}'; it should be {wanted}.");
        }
    }
}
