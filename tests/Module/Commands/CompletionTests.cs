using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands;

/// <summary>What the Tab key offers.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public CompletionTests()
    {
        _speakers = new(_shell);
        _shell.Run($"New-BgpPeer -Speaker {_speakers.Router} -PeerIPAddress 127.0.0.3 -PeerASN 65001 -Name 'rack 1''s'");
        _shell.Run($"New-BgpPeer -Speaker {_speakers.Node} -PeerIPAddress 127.0.0.88 -PeerASN 64999 -Name tor");
        _shell.Run($"Add-BgpRoute 203.0.113.1, 203.0.113.2 10.0.0.1 -Speaker {_speakers.Node}");
    }

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpSpeaker {0}-")]
    [InlineData("Stop-BgpSpeaker {0}-")]
    [InlineData("Get-BgpSession -Speaker {0}-")]
    [InlineData("Get-BgpStatistics -Speaker {0}-")]
    [InlineData("Get-BgpSpeaker '{0}-")]
    public void Speakers_by_name(string text) => Assert.Equal([_speakers.Node, _speakers.Router], Complete(text));

    [Theory]
    [InlineData("Get-BgpPeer -Speaker {0}-node ")]
    [InlineData("Set-BgpPeer -Speaker {0}-node -Name t")]
    [InlineData("Remove-BgpPeer -Speaker {0}-node -Name ")]
    [InlineData("Wait-BgpSession -Speaker {0}-node -Peer ")]
    public void Peers_of_the_named_speaker(string text) => Assert.Equal(["tor"], Complete(text));

    [Fact]
    public void Names_with_spaces_and_quotes_are_quoted() => Assert.Equal(["'rack 1''s'"], Complete("Get-BgpPeer -Speaker {0}-router -Name "));

    [Theory]
    [InlineData("Get-BgpSession -Speaker {0}-node -PeerIPAddress 127", "127.0.0.88")]
    [InlineData("Reset-BgpSession -Speaker {0}-router -PeerIPAddress ", "127.0.0.3")]
    [InlineData("Get-BgpRoute -Speaker {0}-node -PeerIPAddress ", "127.0.0.88")]
    public void Addresses_of_its_peers(string text, string address) => Assert.Equal([address], Complete(text));

    [Theory]
    [InlineData("Get-BgpRoute -Speaker {0}-node -Prefix 203")]
    [InlineData("Remove-BgpRoute -Speaker {0}-node ")]
    public void Prefixes_that_it_announces(string text) => Assert.Equal(["203.0.113.1/32", "203.0.113.2/32"], Complete(text));

    [Fact]
    public void A_speaker_in_a_variable_is_understood()
    {
        _shell.Run($"$node = Get-BgpSpeaker {_speakers.Node}");
        Assert.Equal(["tor"], Complete("Get-BgpPeer -Speaker $node -Name "));
    }

    [Fact]
    public void States_by_name() => Assert.Contains("Established", Complete("Wait-BgpSession -Speaker {0}-node -State E"));

    [Fact]
    public void Nothing_for_a_speaker_that_does_not_run() => Assert.Empty(_shell.Complete("Remove-BgpPeer -Speaker nobody -Name x"));

    private IReadOnlyList<string> Complete(string text) => _shell.Complete(string.Format(null, text, _speakers.Id));
}
