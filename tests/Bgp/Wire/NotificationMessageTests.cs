using System.Buffers;
using System.Text;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Wire;

public sealed class NotificationMessageTests
{
    [Theory]
    [InlineData(1, 1, "Message Header Error: Connection Not Synchronized")]
    [InlineData(1, 2, "Message Header Error: Bad Message Length")]
    [InlineData(2, 0, "OPEN Message Error")]
    [InlineData(2, 2, "OPEN Message Error: Bad Peer AS")]
    [InlineData(2, 5, "OPEN Message Error: Authentication Failure")]
    [InlineData(2, 6, "OPEN Message Error: Unacceptable Hold Time")]
    [InlineData(2, 7, "OPEN Message Error: Unsupported Capability")]
    [InlineData(2, 11, "OPEN Message Error: Role Mismatch")]
    [InlineData(3, 3, "UPDATE Message Error: Missing Well-known Attribute")]
    [InlineData(3, 7, "UPDATE Message Error: AS Routing Loop")]
    [InlineData(3, 11, "UPDATE Message Error: Malformed AS_PATH")]
    [InlineData(4, 0, "Hold Timer Expired")]
    [InlineData(5, 0, "Finite State Machine Error")]
    [InlineData(5, 1, "Finite State Machine Error: Receive Unexpected Message in OpenSent State")]
    [InlineData(5, 2, "Finite State Machine Error: Receive Unexpected Message in OpenConfirm State")]
    [InlineData(5, 3, "Finite State Machine Error: Receive Unexpected Message in Established State")]
    [InlineData(6, 1, "Cease: Maximum Number of Prefixes Reached")]
    [InlineData(6, 2, "Cease: Administrative Shutdown")]
    [InlineData(6, 3, "Cease: Peer De-configured")]
    [InlineData(6, 4, "Cease: Administrative Reset")]
    [InlineData(6, 5, "Cease: Connection Rejected")]
    [InlineData(6, 6, "Cease: Other Configuration Change")]
    [InlineData(6, 7, "Cease: Connection Collision Resolution")]
    [InlineData(6, 8, "Cease: Out of Resources")]
    [InlineData(6, 9, "Cease: Hard Reset")]
    [InlineData(6, 10, "Cease: BFD Down")]
    [InlineData(7, 1, "ROUTE-REFRESH Message Error: Invalid Message Length")]
    [InlineData(8, 0, "Send Hold Timer Expired")]
    [InlineData(6, 99, "Cease: subcode 99")]
    [InlineData(99, 3, "error code 99: subcode 3")]
    public void Codes_have_their_registered_names(byte code, byte subcode, string meaning) =>
        Assert.Equal(meaning, new NotificationMessage((BgpErrorCode)code, subcode, default).Meaning);

    [Theory]
    [InlineData(CeaseSubcode.AdministrativeShutdown, "going down for maintenance at 03:00 UTC")]
    [InlineData(CeaseSubcode.AdministrativeReset, "Überprüfung läuft ☂")]
    public void A_shutdown_text_arrives(byte subcode, string text)
    {
        NotificationMessage sent = NotificationMessage.Shutdown(subcode, text);
        Assert.Equal(text, RoundTrip(sent).ShutdownText);
        Assert.Equal(text, RoundTrip(NotificationMessage.HardReset(sent)).ShutdownText);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_shutdown_without_text_has_no_data(string? text)
    {
        NotificationMessage sent = NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown, text);
        Assert.True(sent.Data.IsEmpty);
        Assert.Null(sent.ShutdownText);
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        // 127 umbrellas of three octets: 85 fit into 255.
        NotificationMessage sent = NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown, new string('☂', 127));
        Assert.Equal(256, sent.Data.Length);
        Assert.Equal(new string('☂', 85), sent.ShutdownText);
        string emoji = NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown, "a" + string.Concat(Enumerable.Repeat("😀", 70))).ShutdownText!;
        Assert.Equal("a" + string.Concat(Enumerable.Repeat("😀", 63)), emoji);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("a\uFFFDb", NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown, "a\uD800b").ShutdownText);

    [Fact]
    public void A_text_with_a_subcode_that_carries_none_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => NotificationMessage.Shutdown(CeaseSubcode.PeerDeconfigured, "bye"));
        Assert.Contains("subcode 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Direction_marks_and_line_breaks_of_a_peer_are_replaced()
    {
        byte[] text = Encoding.UTF8.GetBytes("a\r\nb\u202Ec\u2028d");
        NotificationMessage received = new(BgpErrorCode.Cease, CeaseSubcode.AdministrativeShutdown, (byte[])[(byte)text.Length, .. text]);
        Assert.Equal("a\uFFFD\uFFFDb\uFFFDc\uFFFDd", received.ShutdownText);
    }

    [Fact]
    public void A_hard_reset_within_a_hard_reset_is_not_followed()
    {
        NotificationMessage inner = NotificationMessage.HardReset(NotificationMessage.Shutdown(CeaseSubcode.AdministrativeShutdown, "deep"));
        NotificationMessage outer = NotificationMessage.HardReset(inner);
        Assert.Null(outer.ShutdownText);
        Assert.Equal("Cease: Hard Reset (Cease: Hard Reset)", outer.Meaning);
    }

    [Fact]
    public void An_error_keeps_its_code_subcode_and_data()
    {
        BgpProtocolException error = new(BgpErrorCode.UpdateMessageError, UpdateErrorSubcode.AttributeFlagsError, "flags", [0xC0, 1, 1, 0]);
        Assert.Equal(new NotificationMessage(BgpErrorCode.UpdateMessageError, 4, (byte[])[0xC0, 1, 1, 0]), NotificationMessage.From(error));
    }

    [Fact]
    public void Data_of_an_extended_message_is_cut_to_what_every_peer_takes()
    {
        ArrayBufferWriter<byte> output = new();
        new NotificationMessage(BgpErrorCode.UpdateMessageError, 9, new byte[60_000]).Write(output);
        Assert.Equal(4096, output.WrittenCount);
        Assert.True(MessageFramer.TryRead(output.WrittenSpan, default, out _));
    }

    private static NotificationMessage RoundTrip(NotificationMessage sent)
    {
        ArrayBufferWriter<byte> output = new();
        sent.Write(output);
        Assert.True(MessageFramer.TryRead(output.WrittenSpan, default, out MessageFrame frame));
        NotificationMessage read = NotificationMessage.Read(frame.Body);
        Assert.Equal(sent, read);
        return read;
    }
}
