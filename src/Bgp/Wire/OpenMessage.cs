using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>OPEN (RFC 4271 §4.2).</summary>
/// <param name="MyAutonomousSystem">The two-octet field: <see cref="AsTrans"/> for an ASN that does not fit.</param>
/// <param name="HoldTime">Seconds: 0, or 3 to 65,535.</param>
/// <param name="BgpIdentifier">An IPv4 address in host byte order, not 0 (RFC 6286 §2.1).</param>
/// <param name="Capabilities">In wire order, whether they stood in one optional parameter or in many.</param>
public sealed record OpenMessage(byte Version, ushort MyAutonomousSystem, ushort HoldTime, uint BgpIdentifier, ImmutableArray<BgpCapability> Capabilities)
{
    public const byte SupportedVersion = 4;

    /// <summary>AS_TRANS (RFC 6793 §9): stands where an ASN does not fit into two octets.</summary>
    public const ushort AsTrans = 23456;

    private const int FixedLength = 10;

    /// <summary>The peer's ASN: the four-octet capability's value, else the two-octet field.</summary>
    public uint Asn => Wire.Capabilities.ReadFourOctetAsn(Capabilities) ?? MyAutonomousSystem;

    /// <summary>What the two-octet field holds for <paramref name="asn"/>.</summary>
    public static ushort ToTwoOctets(uint asn) => asn <= ushort.MaxValue ? (ushort)asn : AsTrans;

    /// <summary>Reads what follows the header. Whether the ASN, the identifier and the capabilities suit us is the session's to judge.</summary>
    /// <exception cref="BgpProtocolException">2/1 for a version other than 4, 2/6 for a hold time of 1 or 2 s, 2/3 for the identifier 0,
    /// 2/4 for an optional parameter that is not capabilities, 2/0 for optional parameters that do not add up.</exception>
    public static OpenMessage Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < FixedLength) throw Error(OpenErrorSubcode.Unspecific, $"An OPEN has {body.Length} octets after its header instead of at least {FixedLength}.");
        if (body[0] != SupportedVersion)
        {
            throw Error(OpenErrorSubcode.UnsupportedVersionNumber, $"The peer speaks BGP version {body[0]}; {SupportedVersion} is supported.", [0, SupportedVersion]);
        }

        ushort holdTime = BinaryPrimitives.ReadUInt16BigEndian(body[3..]);
        if (holdTime is 1 or 2) throw Error(OpenErrorSubcode.UnacceptableHoldTime, $"A hold time of {holdTime} s is neither 0 nor at least 3 s.");
        uint identifier = BinaryPrimitives.ReadUInt32BigEndian(body[5..]);
        if (identifier == 0) throw Error(OpenErrorSubcode.BadBgpIdentifier, "The BGP Identifier is 0.");
        return new OpenMessage(body[0], BinaryPrimitives.ReadUInt16BigEndian(body[1..]), holdTime, identifier, OpenParameters.Read(body[(FixedLength - 1)..]));
    }

    /// <exception cref="ArgumentException">The capabilities do not fit into 4,096 octets, or one is longer than 255.</exception>
    public void Write(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        int length = MessageHeader.Length + FixedLength - 1 + OpenParameters.EncodedLength(Capabilities);
        if (length > MessageHeader.MaxStandardLength)
        {
            throw new ArgumentException($"The capabilities make an OPEN of {length} octets; {MessageHeader.MaxStandardLength} is the most.", nameof(output));
        }

        Span<byte> message = output.GetSpan(length)[..length];
        MessageHeader.Write(message, BgpMessageType.Open, length);
        Span<byte> body = message[MessageHeader.Length..];
        body[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(body[1..], MyAutonomousSystem);
        BinaryPrimitives.WriteUInt16BigEndian(body[3..], HoldTime);
        BinaryPrimitives.WriteUInt32BigEndian(body[5..], BgpIdentifier);
        OpenParameters.Write(body[(FixedLength - 1)..], Capabilities);
        output.Advance(length);
    }

    public bool Equals(OpenMessage? other) =>
        other is not null
        && Version == other.Version
        && MyAutonomousSystem == other.MyAutonomousSystem
        && HoldTime == other.HoldTime
        && BgpIdentifier == other.BgpIdentifier
        && Capabilities.AsSpan().SequenceEqual(other.Capabilities.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Version, MyAutonomousSystem, HoldTime, BgpIdentifier, Capabilities.Length);

    internal static BgpProtocolException Error(byte subcode, string message, ReadOnlySpan<byte> data = default) =>
        new(BgpErrorCode.OpenMessageError, subcode, message, data);
}
