using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

public sealed class PeerTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public PeerTests() => _speakers = new(_shell);

    private string Node => _speakers.Node;

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_peer_takes_from_the_speaker_what_it_is_not_told()
    {
        BgpPeer peer = _shell.One<BgpPeer>($"New-BgpPeer -Speaker {Node} -PeerIPAddress 127.0.0.2 -PeerASN 64999");
        Assert.Equal(("127.0.0.2", 64_999u, 65_001u, 179, 90), (peer.Name, peer.PeerASN, peer.LocalASN, peer.Port, peer.HoldTime));
        Assert.Equal(IPAddress.Parse(TwoSpeakers.NodeAddress), peer.LocalIPAddress);
        Assert.Equal((false, AddPathMode.Send, true), (peer.Passive, peer.AddPath, peer.GracefulRestart));
        Assert.Equal((Node, null, null, null), (peer.Speaker, peer.Cluster, peer.Sessions, peer.Label));
    }

    [Fact]
    public void Rows_of_a_table_are_peers_their_values_text()
    {
        IReadOnlyList<object> peers = _shell.Run($$"""
            [pscustomobject]@{ Name = 'tor1'; PeerIPAddress = '127.0.0.2'; PeerASN = '64999'; Port = '{{_speakers.Port}}'; HoldTime = '30'; AddPath = 'Both'; GracefulRestart = 'false'; TtlSecurity = ''; KeepReceivedRoute = 'True'; Med = '5'; Community = '65001:1'; Speaker = '{{Node}}' },
            [pscustomobject]@{ Name = ''; PeerIPAddress = '127.0.0.4'; PeerASN = '4200000000'; Port = ''; HoldTime = ''; AddPath = ''; GracefulRestart = ''; TtlSecurity = ''; KeepReceivedRoute = ''; Med = ''; Community = ''; Speaker = '{{Node}}' } | New-BgpPeer
            """);
        BgpPeer first = Assert.IsType<BgpPeer>(peers[0]);
        Assert.Equal(("tor1", 64_999u, _speakers.Port, 30, AddPathMode.Both, false), (first.Name, first.PeerASN, first.Port, first.HoldTime, first.AddPath, first.GracefulRestart));
        BgpPeer second = Assert.IsType<BgpPeer>(peers[1]);
        Assert.Equal(("127.0.0.4", 4_200_000_000u, 179, 90, AddPathMode.Send, true), (second.Name, second.PeerASN, second.Port, second.HoldTime, second.AddPath, second.GracefulRestart));
    }

    [Fact]
    public void A_peer_of_one_speaker_becomes_one_of_another()
    {
        _shell.Run($"New-BgpPeer -Speaker {Node} -PeerIPAddress 127.0.0.7 -PeerASN 65007 -Name copied -HoldTime 30");
        BgpPeer copy = _shell.One<BgpPeer>($"Get-BgpPeer -Speaker {Node} | New-BgpPeer -Speaker {_speakers.Router}");
        Assert.Equal((_speakers.Router, "copied", 30), (copy.Speaker, copy.Name, copy.HoldTime));
    }

    [Fact]
    public void A_speaker_in_the_pipeline_is_only_where_the_peer_goes()
    {
        BgpPeer peer = _shell.One<BgpPeer>($"Get-BgpSpeaker {_speakers.Router} | New-BgpPeer -PeerIPAddress 127.0.0.3 -PeerASN 65001");
        Assert.Equal((_speakers.Router, "127.0.0.3", 179), (peer.Speaker, peer.Name, peer.Port));
        Assert.Equal(["127.0.0.3"], Names($"Get-BgpSpeaker {_speakers.Id}-* | Get-BgpPeer"));
        Assert.Equal(["127.0.0.3"], Names($"Get-BgpSpeaker {_speakers.Router} | Get-BgpPeer 127.*"));
    }

    [Fact]
    public void Peers_are_found_by_name_property_value_and_wildcard()
    {
        AddThree();
        Assert.Equal(["a1", "a2", "b1"], Names($"Get-BgpPeer -Speaker {Node}"));
        Assert.Equal(["a1", "a2"], Names($"Get-BgpPeer A* -Speaker {Node}"));
        Assert.Equal(["b1", "a1"], Names($"'b1', 'a1' | Get-BgpPeer -Speaker {Node}"));
        Assert.Equal(["b1"], Names($"[pscustomobject]@{{ Name = 'b1'; Speaker = '{Node}' }} | Get-BgpPeer"));
        Assert.Equal(["a1", "a2"], Names($"Get-BgpPeer a* -Speaker {Node} | Get-BgpPeer"));
        Assert.Equal(["a1"], Names($"Get-BgpPeer a1 -Speaker (Get-BgpSpeaker {Node})"));
        Assert.Empty(_shell.Run($"Get-BgpPeer z* -Speaker {Node}"));
        Result missing = _shell.Invoke($"Get-BgpPeer zz, a1 -Speaker {Node}");
        Assert.Equal("BgpPeerNotFound,BgpLoadBalancer.PowerShell.Commands.Peers.GetBgpPeer", Assert.Single(missing.Errors).FullyQualifiedErrorId);
        Assert.Contains("It has: a1, a2, b1.", missing.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Single(missing.Output);
    }

    [Fact]
    public void Set_changes_what_was_typed_and_nothing_that_the_pipeline_brings()
    {
        AddThree();
        BgpPeer before = _shell.One<BgpPeer>($"Get-BgpPeer a1 -Speaker {Node}");
        BgpPeer after = _shell.One<BgpPeer>($"[pscustomobject]@{{ Name = 'a1'; Speaker = '{Node}'; PeerASN = 1; Port = 2; HoldTime = 3; PeerIPAddress = '127.9.9.9' }} | Set-BgpPeer -HoldTime 60 -PassThru");
        Assert.Equal(60, after.HoldTime);
        Assert.Equal((before.PeerASN, before.Port, before.PeerIPAddress), (after.PeerASN, after.Port, after.PeerIPAddress));
        Assert.Empty(_shell.Run($"'a1', 'a2' | Set-BgpPeer -Speaker {Node} -HoldTime 45"));
        Assert.Equal([45, 45, 90], _shell.Run($"Get-BgpPeer -Speaker {Node}").Cast<BgpPeer>().Select(peer => peer.HoldTime));
        Assert.Equal("BgpPeerNotFound", _shell.Fail($"Set-BgpPeer zz -Speaker {Node} -HoldTime 45"));
    }

    [Fact]
    public void Removed_peers_are_gone()
    {
        AddThree();
        Assert.Equal(["a1"], Names($"Get-BgpPeer a1 -Speaker {Node} | Remove-BgpPeer -PassThru"));
        Assert.Empty(_shell.Run($"'a2' | Remove-BgpPeer -Speaker {Node}"));
        Assert.Equal(["b1"], Names($"Get-BgpPeer -Speaker {Node}"));
        Assert.Equal("BgpPeerNotFound", _shell.Fail($"Remove-BgpPeer a1 -Speaker {Node}"));
    }

    [Theory]
    [InlineData("BgpPeerExists", "-PeerIPAddress 127.0.0.2 -PeerASN 64999 -Name A1")]
    [InlineData("BgpInvalidArgument", "-PeerIPAddress 127.0.0.2 -PeerASN 65001")]
    [InlineData("BgpInvalidArgument", "-PeerIPAddress 2001:db8::1 -PeerASN 64999")]
    [InlineData("BgpInvalidArgument", "-PeerIPAddress 127.0.0.2 -PeerASN 64999 -HoldTime 2")]
    [InlineData("BgpInvalidArgument", "-PeerIPAddress 127.0.0.2 -PeerASN 64999 -Port 70000")]
    [InlineData("BgpInvalidArgument", "-PeerIPAddress 127.0.0.2 -PeerASN 64999 -Community 65001")]
    [InlineData("BgpParameterNotForSpeaker", "-PeerIPAddress 127.0.0.2 -PeerASN 64999 -Sessions 2")]
    [InlineData("BgpParameterNotForSpeaker", "-PeerIPAddress 127.0.0.2 -PeerASN 64999 -Label @{ a = 'b' }")]
    public void What_cannot_be_a_peer_is_refused(string id, string arguments)
    {
        AddThree();
        Assert.Equal(id, _shell.Fail($"New-BgpPeer -Speaker {Node} {arguments}"));
        Assert.Equal(3, _shell.Run($"Get-BgpPeer -Speaker {Node}").Count);
    }

    [Theory]
    [InlineData("Set-BgpPeer a1 -Sessions 2")]
    [InlineData("Set-BgpPeer a1 -Label @{ a = 'b' }")]
    public void What_only_a_cluster_has_a_speakers_peer_does_not_get(string command)
    {
        AddThree();
        Assert.Equal("BgpParameterNotForSpeaker", _shell.Fail($"{command} -Speaker {Node}"));
    }

    [Theory]
    [InlineData("Get-BgpPeer")]
    [InlineData("Get-BgpPeer -Speaker ''")]
    [InlineData("Get-BgpPeer -Speaker $null")]
    [InlineData("New-BgpPeer -PeerIPAddress 127.0.0.2 -PeerASN 64999")]
    [InlineData("[pscustomobject]@{ Name = 'a1'; Speaker = $null } | Remove-BgpPeer")]
    [InlineData("Set-BgpPeer a1 -HoldTime 30")]
    public void Without_a_speaker_it_would_be_a_cluster_and_none_is_connected(string command)
    {
        ErrorRecord error = Assert.Single(_shell.Invoke(command).Errors);
        Assert.StartsWith("BgpClusterNotConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_speaker_that_does_not_run_is_an_error_of_that_input_alone()
    {
        AddThree();
        Result result = _shell.Invoke($"[pscustomobject]@{{ Name = 'a1'; Speaker = 'nobody' }}, [pscustomobject]@{{ Name = 'a2'; Speaker = '{Node}' }} | Get-BgpPeer");
        Assert.StartsWith("BgpSpeakerNotFound,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("a2", Assert.IsType<BgpPeer>(Assert.Single(result.Output)).Name);
    }

    private void AddThree() => _shell.Run($$"""
        [pscustomobject]@{ Name = 'a1'; PeerIPAddress = '127.0.0.11'; PeerASN = 64999 },
        [pscustomobject]@{ Name = 'a2'; PeerIPAddress = '127.0.0.12'; PeerASN = 64999 },
        [pscustomobject]@{ Name = 'b1'; PeerIPAddress = '127.0.0.13'; PeerASN = 64999 } | New-BgpPeer -Speaker {{Node}}
        """);

    private string[] Names(string script) => [.. _shell.Run(script).Select(item => Assert.IsType<BgpPeer>(item).Name)];
}
