using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BgpLoadBalancer.Bgp.Wire;

/// <summary>A family in the graceful restart capability.</summary>
/// <param name="ForwardingPreserved">The F bit: the sender kept forwarding over its restart.</param>
public readonly record struct GracefulRestartFamily(BgpAddressFamily Family, bool ForwardingPreserved);

/// <summary>Graceful restart (RFC 4724 §3).</summary>
/// <param name="RestartState">The R bit: the sender has just restarted.</param>
/// <param name="NotificationSupport">The N bit (RFC 8538 §2): NOTIFICATIONs other than a hard reset keep the routes.</param>
/// <param name="RestartTime">0 to 4,095 s.</param>
/// <param name="Families">May be empty: the sender then only helps others.</param>
public sealed record GracefulRestartCapability(bool RestartState, bool NotificationSupport, ushort RestartTime, ImmutableArray<GracefulRestartFamily> Families)
{
    public const int MaxRestartTime = 4_095;

    private const int MaxFamilies = (byte.MaxValue - 2) / 4;
    private const byte RestartBit = 0x80;
    private const byte NotificationBit = 0x40;
    private const byte ForwardingBit = 0x80;

    /// <exception cref="ArgumentException">The restart time is over 4,095 s, or there are more than 63 families.</exception>
    public BgpCapability ToCapability()
    {
        if (RestartTime > MaxRestartTime) throw new ArgumentException($"A restart time of {RestartTime} s is more than {MaxRestartTime} s.");
        if (Families.Length > MaxFamilies) throw new ArgumentException($"{Families.Length} families do not fit into one capability; {MaxFamilies} do.");
        byte[] value = new byte[2 + (Families.Length * 4)];
        BinaryPrimitives.WriteUInt16BigEndian(value, RestartTime);
        value[0] |= (byte)((RestartState ? RestartBit : 0) | (NotificationSupport ? NotificationBit : 0));
        int offset = 2;
        foreach (GracefulRestartFamily family in Families)
        {
            MultiprotocolFamily.Write(value.AsSpan(offset), family.Family);
            value[offset + 3] = family.ForwardingPreserved ? ForwardingBit : (byte)0;
            offset += 4;
        }

        return new BgpCapability(BgpCapabilityCode.GracefulRestart, [.. value]);
    }

    /// <summary>The last well-formed one of an OPEN (RFC 4724 §3: earlier ones are ignored); null when there is none.</summary>
    public static GracefulRestartCapability? Read(ImmutableArray<BgpCapability> capabilities)
    {
        for (int i = capabilities.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> value = capabilities[i].Value.AsSpan();
            if (capabilities[i].Code != BgpCapabilityCode.GracefulRestart || value.Length < 2 || value.Length % 4 != 2) continue;
            ImmutableArray<GracefulRestartFamily>.Builder families = ImmutableArray.CreateBuilder<GracefulRestartFamily>(value.Length / 4);
            for (ReadOnlySpan<byte> rest = value[2..]; !rest.IsEmpty; rest = rest[4..])
            {
                families.Add(new GracefulRestartFamily(MultiprotocolFamily.Read(rest), (rest[3] & ForwardingBit) != 0));
            }

            return new GracefulRestartCapability(
                (value[0] & RestartBit) != 0,
                (value[0] & NotificationBit) != 0,
                (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value) & MaxRestartTime),
                families.MoveToImmutable());
        }

        return null;
    }

    public bool Equals(GracefulRestartCapability? other) =>
        other is not null
        && RestartState == other.RestartState
        && NotificationSupport == other.NotificationSupport
        && RestartTime == other.RestartTime
        && Families.AsSpan().SequenceEqual(other.Families.AsSpan());

    public override int GetHashCode() => HashCode.Combine(RestartState, NotificationSupport, RestartTime, Families.Length);
}
