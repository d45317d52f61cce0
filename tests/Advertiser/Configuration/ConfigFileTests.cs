using System.Net;
using BgpLoadBalancer.Advertiser.Configuration;

namespace BgpLoadBalancer.Advertiser.Tests.Configuration;

public sealed class ConfigFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_documented_file_is_read_with_the_defaults()
    {
        AdvertiserConfig config = Good("localIP: 10.0.1.10\nlocalASN: 65500\npeers:\n- peerIP: 10.0.1.254\n  peerASN: 65000\n");

        Assert.Equal((IPAddress.Parse("10.0.1.10"), 65500u), (config.LocalIP, config.LocalAsn));
        PeerConfig peer = Assert.Single(config.Peers);
        Assert.Equal(new PeerConfig(IPAddress.Parse("10.0.1.254"), 65000), peer);
        Assert.Equal((179, TimeSpan.FromSeconds(90), false, null), (peer.PeerPort, peer.HoldTime, peer.TtlSecurity, peer.Password));
    }

    [Fact]
    public void All_options_of_a_peer_are_read()
    {
        _folder.Write("secret", "from a file\n");
        AdvertiserConfig config = Good("""
            localIP: 10.0.1.10
            localASN: 4200000000
            peers:
            - {peerIP: 10.0.1.254, peerASN: 65000, peerPort: 1179, holdTime: 30, ttlSecurity: true, password: "12 34"}
            - {peerIP: 10.0.2.254, peerASN: 65000, holdTime: 0, passwordFile: secret}
            """);

        Assert.Equal((1179, TimeSpan.FromSeconds(30), true, "12 34"), (config.Peers[0].PeerPort, config.Peers[0].HoldTime, config.Peers[0].TtlSecurity, config.Peers[0].Password));
        Assert.Equal((TimeSpan.Zero, "from a file"), (config.Peers[1].HoldTime, config.Peers[1].Password));
    }

    [Theory]
    [InlineData("localIp: 10.0.1.10", "f.yaml:1:1: localIp: The key 'localIp' is not known. Did you mean 'localIP'?")]
    [InlineData("localIP: 10.0.1", "f.yaml:1:10: localIP: '10.0.1' is not an IPv4 address.")]
    [InlineData("localIP: 10.0.0.8", "f.yaml:1:10: localIP: 10.0.0.8 is a virtual IP of --advertise-ip.")]
    [InlineData("localIP: 0.0.0.0", "f.yaml:1:10: localIP: 0.0.0.0 cannot be the address of a host.")]
    public void A_bad_local_address_is_found(string line, string finding) =>
        Assert.Contains(Bad($"{line}\nlocalASN: 65500\npeers: [{{peerIP: 10.0.1.254, peerASN: 65000}}]"), problem => problem.Text.Contains(finding, StringComparison.Ordinal));

    [Theory]
    [InlineData("peerIP: 10.0.1.254", "f.yaml:4:3: peers[0].peerASN: The key 'peerASN' is missing.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65500}", "peers[0].peerASN: The peer's ASN 65500 is our own localASN, and only external BGP is possible.")]
    [InlineData("{peerIP: 10.0.1.10, peerASN: 65000}", "peers[0].peerIP: The peer 10.0.1.10 is our own localIP.")]
    [InlineData("{peerIP: 10.0.0.8, peerASN: 65000}", "peers[0].peerIP: 10.0.0.8 is a virtual IP of --advertise-ip.")]
    [InlineData("{peerIP: 2001:db8::1, peerASN: 65000}", "peers[0].peerIP: '2001:db8::1' is an IPv6 address, and only IPv4 is possible here.")]
    [InlineData("{peerIP: 239.0.0.1, peerASN: 65000}", "peers[0].peerIP: 239.0.0.1 cannot be the address of a host.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 0.1}", "Write it as a plain number: 1.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65000, holdTime: 2}", "peers[0].holdTime: '2' is not a hold time.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65000, holdTime: 90s}", "peers[0].holdTime: '90s' is not a hold time.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65000, holdtime: 90}", "peers[0].holdtime: The key 'holdtime' is not known. Did you mean 'holdTime'?")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65000, peerPort: 0}", "peers[0].peerPort: '0' is out of range.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65000, password: x, passwordFile: y}", "peers[0].passwordFile: There is a password too.")]
    [InlineData("{peerIP: 10.0.1.254, peerASN: 65000, passwordFile: nowhere}", "nowhere' cannot be read")]
    [InlineData("10.0.1.254", "peers[0]: A mapping (key: value) is expected here, and this is a value.")]
    public void A_bad_peer_is_found(string peer, string finding) => Assert.Contains(
        Bad($"localIP: 10.0.1.10\nlocalASN: 65500\npeers:\n- {peer}\n"),
        problem => problem.Text.Contains(finding, StringComparison.Ordinal));

    [Fact]
    public void A_repeated_peer_names_the_line_of_the_first()
    {
        ConfigProblem problem = Assert.Single(Bad("localIP: 10.0.1.10\nlocalASN: 65500\npeers:\n- {peerIP: 10.0.1.254, peerASN: 65000}\n- {peerIP: 10.0.1.254, peerASN: 65001}\n"));

        Assert.Equal((5, "peers[1].peerIP", "10.0.1.254"), (problem.Line, problem.Path, problem.Value));
        Assert.Contains("is there already, in line 4", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_password_is_found_and_not_shown()
    {
        string password = new('p', 81);
        ConfigProblem problem = Assert.Single(Bad($"localIP: 10.0.1.10\nlocalASN: 65500\npeers:\n- {{peerIP: 10.0.1.254, peerASN: 65000, password: {password}}}\n"));

        Assert.Contains("longer than 80 octets", problem.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ppp", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_findings_come_at_once_in_the_order_of_the_file() => Assert.Equal(
        [(1, "localIP"), (2, "localAS"), (2, "localASN"), (4, "peers[0].peerASN"), (4, "peers[0].port")],
        Bad("localIP: here\nlocalAS: 65500\npeers:\n- {peerIP: 10.0.1.254, peerASN: x, port: 179}\n")
            .Select(problem => (problem.Path == "localASN" ? 2 : problem.Line, problem.Path)).Order());

    [Theory]
    [InlineData("", "0 YAML documents")]
    [InlineData("a: 1\n---\nb: 1\n", "2 YAML documents")]
    [InlineData("localIP: [\n", "f.yaml:")]
    [InlineData("localIP: 10.0.1.10\nlocalASN: 65500\npeers: []\n", "The list 'peers' is empty.")]
    [InlineData("localIP: 10.0.1.10\nlocalASN: 65500\npeers:\n", "The key 'peers' has no value.")]
    [InlineData("- a\n", "A mapping (key: value) is expected here, and this is a list.")]
    public void A_file_of_another_shape_is_one_problem(string text, string message) =>
        Assert.Contains(message, Assert.Single(Bad(text), problem => !problem.Text.Contains("missing", StringComparison.Ordinal)).Text, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        string path = _folder.PathOf("none.yaml");

        Assert.Equal($"{path}: There is no such file.", Assert.Single(new ConfigFile(path, []).Read().Problems).Text);
        Assert.Contains("cannot be read", Assert.Single(new ConfigFile(Path.GetDirectoryName(path)!, []).Read().Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Readings_are_equal_when_nothing_differs()
    {
        const string Text = "localIP: 10.0.1.10\nlocalASN: 65500\npeers: [{peerIP: 10.0.1.254, peerASN: 65000, passwordFile: secret}]";
        _folder.Write("secret", "one");
        ConfigReading first = Read(Text);

        Assert.Equal(first, Read("# a comment\n" + Text));
        Assert.NotEqual(first, Read(Text.Replace("65000", "65001", StringComparison.Ordinal)));
        _folder.Write("secret", "two");
        Assert.NotEqual(first, Read(Text));
        Assert.Equal(Read("bad"), Read("bad"));
    }

    private ConfigReading Read(string text) => new ConfigFile(_folder.Write("f.yaml", text), [IPAddress.Parse("10.0.0.8")]).Read();

    private AdvertiserConfig Good(string text)
    {
        ConfigReading reading = Read(text);
        Assert.Empty(reading.Problems);
        return reading.Config!;
    }

    private ConfigProblem[] Bad(string text)
    {
        ConfigReading reading = Read(text);
        Assert.Null(reading.Config);
        Assert.NotEmpty(reading.Problems);
        return [.. reading.Problems];
    }
}
