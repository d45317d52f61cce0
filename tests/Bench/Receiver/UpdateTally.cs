using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpLoadBalancer.Bench.Receiver;

/// <summary>
/// Counts what a sender's UPDATEs carry (RFC 4271 §4.3), independently of the codec that is measured. Addresses are summed, so
/// that a sender that repeats a prefix instead of sending the next one is found out without a table here.
/// </summary>
internal struct UpdateTally
{
    /// <summary>RFC 4271 §4.1; the receiver never offers longer messages.</summary>
    public const int MaxMessageLength = 4_096;

    public long Updates;
    public long FullUpdates;
    public long Announced;
    public long Withdrawn;
    public long LargestAnnouncement;
    public ulong AnnouncedSum;
    public ulong WithdrawnSum;

    /// <summary>Adds one UPDATE.</summary>
    /// <param name="body">The message after its 19 octets of header.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length field points outside the message.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> body, bool addPath)
    {
        int withdrawnLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        ReadOnlySpan<byte> withdrawn = body.Slice(2, withdrawnLength);
        int attributesLength = BinaryPrimitives.ReadUInt16BigEndian(body[(2 + withdrawnLength)..]);
        ReadOnlySpan<byte> announced = body[(4 + withdrawnLength + attributesLength)..];
        Updates++;
        int room = MaxMessageLength - 19 - body.Length;
        if (room < (addPath ? 9 : 5)) FullUpdates++;
        Withdrawn += Count(withdrawn, addPath, ref WithdrawnSum);
        int count = Count(announced, addPath, ref AnnouncedSum);
        Announced += count;
        LargestAnnouncement = Math.Max(LargestAnnouncement, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Count(ReadOnlySpan<byte> prefixes, bool addPath, ref ulong sum)
    {
        int count = 0;
        int skip = addPath ? 4 : 0;
        while (!prefixes.IsEmpty)
        {
            int octets = (prefixes[skip] + 7) >> 3;
            ReadOnlySpan<byte> address = prefixes.Slice(skip + 1, octets);
            uint value = 0;
            if (octets == 4)
            {
                value = BinaryPrimitives.ReadUInt32BigEndian(address);
            }
            else
            {
                for (int i = 0; i < octets; i++) value |= (uint)address[i] << (24 - (8 * i));
            }

            sum += value;
            count++;
            prefixes = prefixes[(skip + 1 + octets)..];
        }

        return count;
    }
}
