using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpSpeaker = BgpLoadBalancer.PowerShell.Models.BgpSpeaker;

namespace BgpLoadBalancer.Module.Tests.Commands;

public sealed class SpeakerTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_passive_speaker_listens_and_offers_to_receive_paths()
    {
        BgpSpeaker speaker = _shell.One<BgpSpeaker>("Start-BgpSpeaker -Name s-passive -LocalASN 64999 -LocalIPAddress 127.0.0.2 -Port 0 -Passive");
        _shell.Run("Stop-BgpSpeaker s-passive");
        Assert.Equal(("s-passive", "s-passive", 64_999u, true, AddPathMode.Receive), (speaker.Name, speaker.Speaker, speaker.LocalASN, speaker.Passive, speaker.AddPath));
        Assert.Equal(IPAddress.Parse("127.0.0.2"), speaker.LocalIPAddress);
        Assert.True(speaker.Port > 0);
    }

    [Fact]
    public void An_active_speaker_does_not_listen()
    {
        BgpSpeaker speaker = _shell.One<BgpSpeaker>("Start-BgpSpeaker s-active 65001");
        _shell.Run("Stop-BgpSpeaker s-active");
        Assert.Equal((null, false, AddPathMode.Send), (speaker.Port, speaker.Passive, speaker.AddPath));
    }

    [Fact]
    public void Names_come_from_the_pipeline_as_values_and_by_property()
    {
        Assert.Equal(["s-a1", "s-a2"], Names("'s-a1', 's-a2' | Start-BgpSpeaker -LocalASN 65001"));
        Assert.Equal(["s-a3"], Names("[pscustomobject]@{ Name = 's-a3' } | Start-BgpSpeaker -LocalASN 65001"));
        Assert.Equal(["s-a1", "s-a3"], Names("'s-a1', [pscustomobject]@{ Name = 's-a3' } | Get-BgpSpeaker"));
        Assert.Equal(["s-a1", "s-a2", "s-a3"], Names("Get-BgpSpeaker s-a? | Stop-BgpSpeaker -PassThru"));
        Assert.Empty(_shell.Run("Get-BgpSpeaker s-a?"));
    }

    [Fact]
    public void Without_a_name_it_takes_a_free_one()
    {
        string[] names = Names("Start-BgpSpeaker -LocalASN 65001; Start-BgpSpeaker -LocalASN 65001");
        _shell.Run($"Stop-BgpSpeaker {string.Join(",", names)}");
        Assert.All(names, name => Assert.Matches("^speaker[0-9]+$", name));
        Assert.Equal(2, names.Distinct().Count());
    }

    [Fact]
    public void A_name_is_not_found_without_ending_the_command()
    {
        Result result = _shell.Invoke("'s-none', 's-none2' | Get-BgpSpeaker");
        Assert.Empty(result.Output);
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("BgpSpeakerNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal("BgpSpeakerNotFound", _shell.Fail("Stop-BgpSpeaker s-none"));
    }

    [Fact]
    public void A_wildcard_finds_nothing_quietly() => Assert.Empty(_shell.Run("Get-BgpSpeaker s-none*; Stop-BgpSpeaker s-none*"));

    [Fact]
    public void A_name_is_taken_once()
    {
        _shell.Run("Start-BgpSpeaker s-twice 65001");
        Assert.Equal("BgpSpeakerExists", _shell.Fail("Start-BgpSpeaker S-TWICE 65001"));
        _shell.Run("Stop-BgpSpeaker s-twice");
    }

    [Fact]
    public void A_port_that_is_taken_leaves_no_speaker_behind()
    {
        int port = _shell.One<BgpSpeaker>("Start-BgpSpeaker s-first 65001 -LocalIPAddress 127.0.0.9 -Port 0").Port!.Value;
        Assert.Equal("BgpCannotListen", _shell.Fail($"Start-BgpSpeaker s-second 65001 -LocalIPAddress 127.0.0.9 -Port {port}"));
        Assert.Empty(_shell.Run("Get-BgpSpeaker s-second*"));
        _shell.Run("Stop-BgpSpeaker s-first");
    }

    [Theory]
    [InlineData("-LocalASN 0")]
    [InlineData("-LocalASN 23456")]
    [InlineData("-LocalASN 65001 -BgpIdentifier 2001:db8::1")]
    [InlineData("-LocalASN 65001 -BgpIdentifier 0.0.0.0")]
    public void What_no_speaker_can_be_is_refused(string arguments)
    {
        Assert.Equal("BgpInvalidArgument", _shell.Fail($"Start-BgpSpeaker s-wrong {arguments}"));
        Assert.Empty(_shell.Run("Get-BgpSpeaker s-wrong*"));
    }

    [Theory]
    [InlineData("-LocalIPAddress 1")]
    [InlineData("-LocalIPAddress 10.0.0")]
    [InlineData("-LocalIPAddress somewhere")]
    public void What_is_no_address_is_said_to_be_none(string argument)
    {
        System.Management.Automation.ErrorRecord error = Assert.Single(_shell.Invoke($"Start-BgpSpeaker s-wrong 65001 {argument}").Errors);
        Assert.Contains("is not an IP address: write it such as 10.0.1.1", error.Exception.Message, StringComparison.Ordinal);
    }

    private string[] Names(string script) => [.. _shell.Run(script).Select(item => Assert.IsType<BgpSpeaker>(item).Name)];
}
