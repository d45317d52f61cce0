using System.Text.RegularExpressions;
using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Views;

/// <summary>What a console of 120 columns shows.</summary>
public sealed class RenderingTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public RenderingTests() => _speakers = new TwoSpeakers(_shell).Peer();

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_session_has_the_seven_columns()
    {
        string[] lines = _shell.Render($"Get-BgpSession -Speaker {_speakers.Node}");
        Assert.Equal(["NAME", "LOCAL ASN", "PEER ASN", "LOCAL IP", "PEER IP", "STATE", "LAST REPORT"], Cells(lines[0]));
        Assert.Equal(3, lines.Length);
        Assert.Equal([$"127.0.0.2-{_speakers.Node}", "65001", "64999", "127.0.0.3", "127.0.0.2", "Established", "0s"], Cells(lines[2]));
    }

    [Fact]
    public void What_is_not_known_is_empty()
    {
        _shell.Run("Start-BgpSpeaker r-plain 65001; New-BgpPeer -Speaker r-plain -PeerIPAddress 127.0.0.88 -PeerASN 64999 -Name far");
        string session = _shell.Render("Get-BgpSession -Speaker r-plain")[2];
        string[] speaker = _shell.Render("Get-BgpSpeaker r-plain");
        _shell.Run("Stop-BgpSpeaker r-plain");
        Assert.Matches(@"^127\.0\.0\.88-r-plain +65001 +64999 +(127\.0\.0\.1 +)?127\.0\.0\.88 +[A-Z]\w+ +0s$", session);
        Assert.Equal(["r-plain", "65001", "False", "Send", "1", "0", "0"], Cells(speaker[2]));
    }

    [Theory]
    [InlineData("Get-BgpSpeaker {0}-node", "Name LocalASN LocalIPAddress Port Passive AddPath Peers Established Routes", "{0}-node 65001 127.0.0.3 False Send 1 1 0")]
    [InlineData("Get-BgpPeer -Speaker {0}-router", "Name PeerIPAddress PeerASN LocalASN LocalIPAddress Port HoldTime AddPath Speaker", "node 127.0.0.3 65001 64999 127.0.0.2 179 90 Receive {0}-router")]
    [InlineData("Add-BgpRoute 203.0.113.1 10.0.0.1 -Speaker {0}-node", "Prefix NextHop PathId AsPath Direction PeerIPAddress Speaker", "203.0.113.1/32 10.0.0.1 167772161 Local {0}-node")]
    public void A_table_shows_names_and_values(string command, string header, string row)
    {
        string[] lines = _shell.Render(string.Format(null, command, _speakers.Id));
        Assert.Equal(header, Squeeze(lines[0]));
        Assert.Equal(string.Format(null, row, _speakers.Id), Squeeze(lines[2]));
    }

    [Fact]
    public void Statistics_and_events_are_tables()
    {
        string[] statistics = _shell.Render($"Get-BgpStatistics -Speaker {_speakers.Node}");
        Assert.Equal("Peer PeerIPAddress State Up Flaps PathsAdvertised PathsReceived MessagesSent MessagesReceived", Squeeze(statistics[0]));
        Assert.Matches("^router 127.0.0.2 Established [0-9]+s 0 0 0 [0-9]+ [0-9]+$", Squeeze(statistics[2]));
        string[] events = _shell.Render($"do {{ Watch-BgpSession -Speaker {_speakers.Node} | ForEach-Object {{ $_; break }} }} while ($false)");
        Assert.Equal("Time Node Peer Kind State Message", Squeeze(events[0]));
        Assert.Matches($"^[0-9:.]{{12}} {_speakers.Node} router StateChanged Established the state as watching begins$", Squeeze(events[2]));
    }

    [Fact]
    public void No_line_is_longer_than_the_console()
    {
        _shell.Run($"Add-BgpRoute 2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff 2001:db8:aaaa:bbbb:cccc:dddd:eeee:1111 -Speaker {_speakers.Node}");
        string[] lines = [.. new[] { "Speaker", "Peer", "Session", "Statistics", "Route" }.SelectMany(noun => _shell.Render($"Get-Bgp{noun} -Speaker {_speakers.Node}".Replace("Get-BgpSpeaker -Speaker", "Get-BgpSpeaker", StringComparison.Ordinal)))];
        Assert.All(lines, line => Assert.InRange(line.Length, 1, FixedRawUI.Columns));
    }

    [Fact]
    public void A_list_joins_what_is_many()
    {
        _shell.Run($"Add-BgpRoute 203.0.113.1, 203.0.113.2 10.0.0.1 -Speaker {_speakers.Node}");
        _speakers.WaitForPaths(2);
        using Shell lists = Shell.WithListsOnly();
        string[] session = lists.Render($"Get-BgpSession -Speaker {_speakers.Node}");
        Assert.Contains("AdvertisedRoute : 203.0.113.1/32, 203.0.113.2/32", session.Select(Squeeze));
        Assert.Contains("FloatingIPAddress :", session.Select(Squeeze));
        string[] statistics = lists.Render($"Get-BgpStatistics -Speaker {_speakers.Node}");
        Assert.Contains(statistics.Select(Squeeze), line => Regex.IsMatch(line, "^Sent : 1 OPEN, [0-9]+ UPDATE, 0 NOTIFICATION, [0-9]+ KEEPALIVE, 0 ROUTE-REFRESH$"));
    }

    private static string[] Cells(string line) => Regex.Split(line.Trim(), " {2,}| (?=[0-9])").Where(cell => cell.Length > 0).ToArray();

    private static string Squeeze(string line) => Regex.Replace(line.Trim(), " +", " ");
}
