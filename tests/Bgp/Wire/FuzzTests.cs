using System.Net;
using BgpLoadBalancer.Bgp.Wire;
using CsCheck;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

/// <summary>Whatever the network sends is a message, the beginning of one, or a protocol error: nothing else may come out of the codec.</summary>
public sealed class FuzzTests
{
    private static readonly byte[][] s_golden = [.. GoldenCase.Names.Select(name => GoldenCase.Load(name).Input)];

    private static readonly string[] s_outcomes = ["OPEN", "UPDATE", "NOTIFICATION", "KEEPALIVE", "ROUTE-REFRESH", "error", "need more"];

    [Fact]
    public void Random_octets() => Gen.Select(Gen.Byte.Array[0, 200], Generators.Context).Sample(AssertOutcome);

    [Fact]
    public void Random_octets_after_a_good_header() => Gen.Select(Gen.Byte[1, 5], Gen.Byte.Array[0, 300], Generators.Context).Sample((type, body, context) =>
    {
        byte[] message = new byte[MessageHeader.Length + body.Length];
        MessageHeader.Write(message, (BgpMessageType)type, message.Length);
        body.CopyTo(message.AsSpan(MessageHeader.Length));
        AssertOutcome(message, context);
    });

    [Fact]
    public void Golden_messages_with_some_octets_changed() => Gen.Select(
        Gen.OneOf(s_golden),
        Gen.Select(Gen.Int[MessageHeader.Length, 127], Interesting).Array[1, 4],
        Generators.Context).Sample(
        (golden, changes, context) =>
        {
            byte[] message = [.. golden];
            foreach ((int at, byte value) in changes)
            {
                if (at < message.Length) message[at] = value;
            }

            AssertOutcome(message, context);
        }, iter: 20_000);

    [Fact]
    public void Golden_messages_with_octets_taken_out_or_put_in() => Gen.Select(
        Gen.OneOf(s_golden), Gen.Double.Unit, Gen.Int[0, 8], Gen.Byte.Array[0, 8], Generators.Context).Sample(
        (golden, where, removed, inserted, context) =>
        {
            ReadOnlySpan<byte> body = golden.AsSpan(Math.Min(golden.Length, MessageHeader.Length));
            int at = (int)(where * body.Length);
            byte[] message = [.. golden[..^body.Length], .. body[..at], .. inserted, .. body[Math.Min(body.Length, at + removed)..]];
            if (message.Length < MessageHeader.Length) return;
            MessageHeader.Write(message, (BgpMessageType)message[18], message.Length);
            AssertOutcome(message, context);
        }, iter: 20_000);

    [Fact]
    public void Validate_and_Read_refuse_the_same() => Gen.Select(Gen.OneOf(s_golden), Gen.Int[19, 80], Interesting, Generators.Context, Gen.Bool).Sample(
        (golden, at, value, context, hasNlri) =>
        {
            byte[] octets = [.. golden.Skip(23)];
            if (at - 19 < octets.Length) octets[at - 19] = value;
            Assert.Equal(
                Error(() => AttributeReader.Validate(octets, context, hasNlri)),
                Error(() => AttributeReader.Read(octets, context, hasNlri, out IPAddress? _)));
        });

    // Small numbers, all ones and flag octets hit more than chance does.
    private static Gen<byte> Interesting => Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 1, 2, 3, 4, 0x20, 0x21, 0x40, 0x80, 0xC0, 0xFF));

    private static void AssertOutcome(byte[] message, WireContext context)
    {
        string outcome = MessageText.Describe(message, context);
        Assert.Contains(s_outcomes, known => outcome.StartsWith(known, StringComparison.Ordinal));
        if (outcome.StartsWith("UPDATE", StringComparison.Ordinal))
        {
            _ = AttributeReader.ContainsAsn(UpdateReader.Read(message.AsSpan(MessageHeader.Length)).Attributes, context, 65001);
        }
    }

    private static (BgpErrorCode, byte)? Error(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (BgpProtocolException error)
        {
            return (error.Code, error.Subcode);
        }
    }
}
