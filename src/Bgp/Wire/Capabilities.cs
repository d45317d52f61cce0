using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>A family and the ways of ADD-PATH that its sender can do in it (RFC 7911 §4).</summary>
public readonly record struct AddPathFamily(BgpAddressFamily Family, AddPathMode Mode);

/// <summary>
/// Makes the capabilities that we offer and reads those of a peer. A known one that is malformed counts as not there
/// (RFC 5492 §3: what is not understood is ignored). Readers take all capabilities of an OPEN.
/// </summary>
public static class Capabilities
{
    /// <summary>RFC 2918.</summary>
    public static BgpCapability RouteRefresh { get; } = new(BgpCapabilityCode.RouteRefresh, []);

    /// <summary>RFC 7313.</summary>
    public static BgpCapability EnhancedRouteRefresh { get; } = new(BgpCapabilityCode.EnhancedRouteRefresh, []);

    /// <summary>RFC 8654.</summary>
    public static BgpCapability ExtendedMessage { get; } = new(BgpCapabilityCode.ExtendedMessage, []);

    /// <summary>RFC 4760 §8.</summary>
    public static BgpCapability MultiProtocol(BgpAddressFamily family)
    {
        byte[] value = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(value, (ushort)((uint)family >> 16));
        value[3] = (byte)family;
        return new(BgpCapabilityCode.MultiProtocol, [.. value]);
    }

    /// <summary>RFC 6793 §3.</summary>
    public static BgpCapability FourOctetAsn(uint asn)
    {
        byte[] value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, asn);
        return new(BgpCapabilityCode.FourOctetAsn, [.. value]);
    }

    /// <summary>RFC 7911 §4. Families of mode None are left out.</summary>
    /// <exception cref="ArgumentException">More than 63 families.</exception>
    public static BgpCapability AddPath(params ReadOnlySpan<AddPathFamily> families)
    {
        if (families.Length > byte.MaxValue / 4) throw new ArgumentException($"{families.Length} families do not fit into one capability; 63 do.", nameof(families));
        byte[] value = new byte[families.Length * 4];
        int length = 0;
        foreach ((BgpAddressFamily family, AddPathMode mode) in families)
        {
            if (mode == AddPathMode.None) continue;
            MultiprotocolFamily.Write(value.AsSpan(length), family);
            value[length + 3] = (byte)mode;
            length += 4;
        }

        return new(BgpCapabilityCode.AddPath, [.. value.AsSpan(0, length)]);
    }

    /// <summary>Whether one of the capabilities that have no value is offered: route refresh, enhanced route refresh, extended message.</summary>
    public static bool Has(ImmutableArray<BgpCapability> capabilities, BgpCapabilityCode code) =>
        capabilities.Any(capability => capability.Code == code && capability.Value.IsEmpty);

    /// <summary>The families that are offered, each once, in wire order. None at all means IPv4 unicast alone (RFC 4760 §8); that is the session's to add.</summary>
    public static ImmutableArray<BgpAddressFamily> ReadMultiProtocol(ImmutableArray<BgpCapability> capabilities) =>
    [
        .. capabilities
            .Where(capability => capability.Code == BgpCapabilityCode.MultiProtocol && capability.Value.Length == 4)
            .Select(capability => (BgpAddressFamily)(((uint)capability.Value[0] << 24) | ((uint)capability.Value[1] << 16) | capability.Value[3]))
            .Distinct(),
    ];

    /// <summary>The four-octet ASN; null when the peer does not offer the capability.</summary>
    public static uint? ReadFourOctetAsn(ImmutableArray<BgpCapability> capabilities)
    {
        foreach (BgpCapability capability in capabilities)
        {
            if (capability.Code == BgpCapabilityCode.FourOctetAsn && capability.Value.Length == 4)
            {
                return BinaryPrimitives.ReadUInt32BigEndian(capability.Value.AsSpan());
            }
        }

        return null;
    }

    /// <summary>What the sender can do per family; a family that is offered twice counts as it is offered first.</summary>
    public static ImmutableArray<AddPathFamily> ReadAddPath(ImmutableArray<BgpCapability> capabilities)
    {
        ImmutableArray<AddPathFamily>.Builder families = ImmutableArray.CreateBuilder<AddPathFamily>();
        foreach (BgpCapability capability in capabilities)
        {
            if (capability.Code != BgpCapabilityCode.AddPath || capability.Value.Length % 4 != 0) continue;
            ReadOnlySpan<byte> value = capability.Value.AsSpan();
            for (; !value.IsEmpty; value = value[4..])
            {
                BgpAddressFamily family = MultiprotocolFamily.Read(value);
                // RFC 7911 §4: any other value is to be ignored.
                if (value[3] is < 1 or > 3 || families.Any(other => other.Family == family)) continue;
                families.Add(new AddPathFamily(family, (AddPathMode)value[3]));
            }
        }

        return families.DrainToImmutable();
    }
}
