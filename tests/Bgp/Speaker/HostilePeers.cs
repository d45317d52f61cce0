using System.Net;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Transport;

namespace BgpLoadBalancer.Bgp.Tests.Speaker;

/// <summary>Raw octets from the address of a configured peer: the answer is the NOTIFICATION that the RFC asks for, octet for octet.</summary>
public class HostilePeers
{
    private const string Marker = "ffffffffffffffffffffffffffffffff";

    // AS 65001, hold time 90 s, identifier 10.0.1.10; no capabilities: IPv4 unicast alone.
    private const string Open = Marker + "001d0104fde9005a0a00010a00";
    private const string Keepalive = Marker + "001304";

    // Two octets an ASN, since the OPEN offers no more.
    private const string AsPath = "4002040201fde9";
    private const string NextHop = "4003040a00010a";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a marker that is not all ones", "00" + "ffffffffffffffffffffffffffffff" + "001304", "0101")]
    [InlineData("a length below 19", Marker + "001204", "01020012")]
    [InlineData("a length above 4096", Marker + "100102", "01021001")]
    [InlineData("an unknown type", Marker + "001309", "010309")]
    [InlineData("a KEEPALIVE with a body", Marker + "00140400", "01020014")]
    [InlineData("version 3", Marker + "001d0103fde9005a0a00010a00", "02010004")]
    [InlineData("another ASN", Marker + "001d0104fdea005a0a00010a00", "0202")]
    [InlineData("identifier 0", Marker + "001d0104fde9005a0000000000", "0203")]
    [InlineData("a hold time of 2", Marker + "001d0104fde900020a00010a00", "0206")]
    [InlineData("a KEEPALIVE instead of an OPEN", Keepalive, "0501")]
    [InlineData("an UPDATE before the session", Open + Marker + "00170200000000", "0502")]
    [InlineData("a second OPEN", Open + Keepalive + Open, "0503")]
    [InlineData("withdrawn routes beyond the message", Open + Keepalive + Marker + "001702" + "00100000", "0301")]
    [InlineData("NLRI without attributes", Open + Keepalive + Marker + "001c02" + "00000000" + "20cb007101", "030301")]
    [InlineData("a prefix length of 33", Open + Keepalive + Marker + "002f02" + "00000012" + "40010100" + AsPath + NextHop + "21cb00710180", "030a")]
    [InlineData("ORIGIN 7", Open + Keepalive + Marker + "002e02" + "00000012" + "40010107" + AsPath + NextHop + "20cb007101", "030640010107")]
    [InlineData("an AS_PATH cut off", Open + Keepalive + Marker + "002e02" + "00000012" + "40010100" + "40020402" + "02fde9" + NextHop + "20cb007101", "030b")]
    [InlineData("no NEXT_HOP", Open + Keepalive + Marker + "002702" + "0000000b" + "40010100" + AsPath + "20cb007101", "030303")]
    public async Task Are_told_what_was_wrong(string what, string sent, string notification)
    {
        await using SpeakerPair pair = new(router: peer => peer with { Families = [BgpAddressFamily.IPv4Unicast] });
        pair.RouterSpeaker.Start();
        await using IBgpConnection connection = await ConnectAsync(pair);
        await connection.SendAsync(Convert.FromHexString(sent), Stop);
        byte[] answer = await ReadNotificationAsync(connection);
        Assert.True(notification == Convert.ToHexStringLower(answer)[..Math.Min(notification.Length, answer.Length * 2)], $"{what}: {Convert.ToHexStringLower(answer)}");
        await pair.RouterSees(session => session.State == BgpSessionState.Idle && session.LastError is not null);
    }

    [Fact]
    public async Task Octets_that_trickle_in_one_by_one_are_a_session_too()
    {
        await using SpeakerPair pair = new(router: peer => peer with { Families = [BgpAddressFamily.IPv4Unicast] });
        pair.RouterSpeaker.Start();
        await using IBgpConnection connection = await ConnectAsync(pair);
        foreach (byte octet in Convert.FromHexString(Open + Keepalive)) await connection.SendAsync(new[] { octet }, Stop);
        await pair.RouterIs(BgpSessionState.Established);
    }

    [Fact]
    public async Task A_caller_who_says_nothing_is_let_go()
    {
        await using SpeakerPair pair = new();
        pair.RouterSpeaker.Start();
        await using IBgpConnection connection = await ConnectAsync(pair);
        await pair.RouterIs(BgpSessionState.OpenSent);
        pair.Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal("0400", Convert.ToHexStringLower(await ReadNotificationAsync(connection)));
        await pair.RouterIs(BgpSessionState.Active);
    }

    [Fact]
    public async Task A_stranger_is_refused()
    {
        await using SpeakerPair pair = new();
        pair.RouterSpeaker.Start();
        await using IBgpConnection connection = await pair.Transport.ConnectAsync(
            new(SpeakerPair.RouterAddress, 179, IPAddress.Parse("10.0.1.99"), false, null), Stop);
        Assert.Equal(0, await connection.ReceiveAsync(new byte[64], Stop));
        BgpSessionInfo session = await pair.RouterIs(BgpSessionState.Active);
        Assert.Equal(0, session.Received.Total);
    }

    private static ValueTask<IBgpConnection> ConnectAsync(SpeakerPair pair) =>
        pair.Transport.ConnectAsync(new(SpeakerPair.RouterAddress, 179, SpeakerPair.NodeAddress, false, null), Stop);

    // Everything up to the end of the connection; the NOTIFICATION is its last message.
    private static async Task<byte[]> ReadNotificationAsync(IBgpConnection connection)
    {
        List<byte> all = [];
        byte[] buffer = new byte[4096];
        for (int count; (count = await connection.ReceiveAsync(buffer, Stop)) > 0;) all.AddRange(buffer[..count]);
        int at = 0;
        while (all[at + 18] != 3) at += (all[at + 16] << 8) | all[at + 17];
        return [.. all[(at + 19)..]];
    }
}
