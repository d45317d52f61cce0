using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>The optional parameters of an OPEN, from their length field on (RFC 4271 §4.2, RFC 5492 §4, RFC 9072 §2).</summary>
internal static class OpenParameters
{
    private const byte CapabilitiesParameter = 2;
    private const byte ExtendedMark = 255;

    /// <param name="bytes">The Optional Parameters Length octet and all that follows.</param>
    public static ImmutableArray<BgpCapability> Read(ReadOnlySpan<byte> bytes)
    {
        // RFC 9072: 255 as the type of the first parameter tells, whatever the old length octet says unless that is 0.
        bool extended = bytes.Length >= 4 && bytes[0] != 0 && bytes[1] == ExtendedMark;
        int declared = extended ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : bytes[0];
        ReadOnlySpan<byte> rest = bytes[(extended ? 4 : 1)..];
        if (rest.Length != declared) throw Malformed($"The optional parameters of an OPEN have {rest.Length} octets, and their length says {declared}.");
        int header = extended ? 3 : 2;
        ImmutableArray<BgpCapability>.Builder capabilities = ImmutableArray.CreateBuilder<BgpCapability>();
        while (!rest.IsEmpty)
        {
            if (rest.Length < header) throw Malformed("An optional parameter of an OPEN is cut off.");
            byte type = rest[0];
            int length = extended ? BinaryPrimitives.ReadUInt16BigEndian(rest[1..]) : rest[1];
            rest = rest[header..];
            if (type != CapabilitiesParameter)
            {
                throw OpenMessage.Error(OpenErrorSubcode.UnsupportedOptionalParameter, $"Optional parameter {type} of an OPEN is not supported.");
            }

            if (rest.Length < length) throw Malformed($"An optional parameter of {length} octets is cut off after {rest.Length}.");
            ReadCapabilities(rest[..length], capabilities);
            rest = rest[length..];
        }

        return capabilities.DrainToImmutable();
    }

    /// <summary>Octets of the length field and the parameters.</summary>
    public static int EncodedLength(ImmutableArray<BgpCapability> capabilities)
    {
        int length = CapabilitiesLength(capabilities);
        return length == 0 ? 1 : IsExtended(length) ? 4 + 3 + length : 1 + 2 + length;
    }

    /// <summary>Writes one parameter with all capabilities, in the extended form only when it is needed.</summary>
    public static void Write(Span<byte> destination, ImmutableArray<BgpCapability> capabilities)
    {
        int length = CapabilitiesLength(capabilities);
        if (length == 0)
        {
            destination[0] = 0;
            return;
        }

        if (IsExtended(length))
        {
            destination[0] = ExtendedMark;
            destination[1] = ExtendedMark;
            BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)(3 + length));
            destination[4] = CapabilitiesParameter;
            BinaryPrimitives.WriteUInt16BigEndian(destination[5..], (ushort)length);
            destination = destination[7..];
        }
        else
        {
            destination[0] = (byte)(2 + length);
            destination[1] = CapabilitiesParameter;
            destination[2] = (byte)length;
            destination = destination[3..];
        }

        foreach (BgpCapability capability in capabilities)
        {
            destination[0] = (byte)capability.Code;
            destination[1] = (byte)capability.Value.Length;
            capability.Value.AsSpan().CopyTo(destination[2..]);
            destination = destination[(2 + capability.Value.Length)..];
        }
    }

    private static void ReadCapabilities(ReadOnlySpan<byte> rest, ImmutableArray<BgpCapability>.Builder capabilities)
    {
        while (!rest.IsEmpty)
        {
            if (rest.Length < 2 || rest.Length - 2 < rest[1]) throw Malformed($"A capability is cut off after {rest.Length} octets.");
            capabilities.Add(new BgpCapability((BgpCapabilityCode)rest[0], [.. rest.Slice(2, rest[1])]));
            rest = rest[(2 + rest[1])..];
        }
    }

    private static int CapabilitiesLength(ImmutableArray<BgpCapability> capabilities)
    {
        int length = 0;
        foreach (BgpCapability capability in capabilities)
        {
            if (capability.Value.Length > byte.MaxValue)
            {
                throw new ArgumentException($"Capability {capability.Code} has {capability.Value.Length} octets; {byte.MaxValue} is the most.", nameof(capabilities));
            }

            length += 2 + capability.Value.Length;
        }

        return length;
    }

    private static bool IsExtended(int capabilitiesLength) => 2 + capabilitiesLength > byte.MaxValue;

    private static BgpProtocolException Malformed(string message) => OpenMessage.Error(OpenErrorSubcode.Unspecific, message);
}
