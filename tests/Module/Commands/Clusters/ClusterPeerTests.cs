using System.Collections;
using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>BGPPeers of the connected cluster.</summary>
public sealed class ClusterPeerTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TestCluster _cluster;

    public ClusterPeerTests() => _cluster = new(_shell);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_peer_says_what_it_is_in_the_words_of_PowerShell()
    {
        BgpPeer peer = _shell.One<BgpPeer>("Get-BgpPeer tor1");
        Assert.Equal(("tor1", 65_003u, 65_001u, 2, 179, 90), (peer.Name, peer.PeerASN, peer.LocalASN, peer.Sessions, peer.Port, peer.HoldTime));
        Assert.Equal(IPAddress.Parse("10.9.0.10"), peer.PeerIPAddress);
        Assert.Equal("true", Assert.IsType<Hashtable>(peer.Label)["serves"]);
        Assert.Equal((_cluster.Name, null, null, null), (peer.Cluster, peer.Speaker, peer.LocalIPAddress, peer.AddPath));
        Assert.Equal((true, false), (peer.GracefulRestart, peer.TtlSecurity));
    }

    [Fact]
    public void Peers_are_found_by_name_property_value_and_wildcard()
    {
        Assert.Equal(["tor1", "tor2"], Names("Get-BgpPeer"));
        Assert.Equal(["tor1", "tor2"], Names("Get-BgpPeer -Speaker ''"));
        Assert.Equal(["tor2"], Names("Get-BgpPeer T*2"));
        Assert.Equal(["tor2", "tor1"], Names("'tor2', 'tor1' | Get-BgpPeer"));
        Assert.Equal(["tor1"], Names($"[pscustomobject]@{{ Name = 'tor1'; Speaker = $null; Cluster = '{_cluster.Name}' }} | Get-BgpPeer"));
        Assert.Equal(["tor1", "tor2"], Names($"Get-BgpCluster {_cluster.Name} | Get-BgpPeer"));
        Assert.Equal(["tor1"], Names("Get-BgpPeer tor1 | Get-BgpPeer"));
        Assert.Empty(_shell.Run("Get-BgpPeer z*"));
        Result missing = _shell.Invoke("Get-BgpPeer zz, tor1");
        Assert.StartsWith("BgpPeerNotFound,", Assert.Single(missing.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("It has: tor1, tor2.", missing.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Single(missing.Output);
    }

    [Fact]
    public void A_new_peer_takes_from_the_cluster_what_it_is_not_told()
    {
        BgpPeer peer = _shell.One<BgpPeer>("New-BgpPeer -PeerIPAddress 10.9.0.12 -PeerASN 65003 -Label serves=true");
        Assert.Equal(("10.9.0.12", 65_001u, null, 179, 90), (peer.Name, peer.LocalASN, peer.Sessions, peer.Port, peer.HoldTime));
        Assert.Equal(["10.9.0.12", "tor1", "tor2"], Names("Get-BgpPeer"));
    }

    [Fact]
    public void A_new_peer_has_what_it_was_told()
    {
        _shell.Run("New-BgpPeer tor3 10.9.0.12 4200000000 -Sessions 2 -Label @{ serves = $true; rack = 7 } -Port 1790 -HoldTime 30 -TtlSecurity $true -GracefulRestart $false -Med 5 -Community 65001:1, 65001:2:3 -PasswordSecret tor3-password");
        BgpPeer peer = _shell.One<BgpPeer>("Get-BgpPeer tor3");
        Assert.Equal((4_200_000_000u, 2, 1790, 30, true, false, 5u, "tor3-password"), (peer.PeerASN, peer.Sessions, peer.Port, peer.HoldTime, peer.TtlSecurity, peer.GracefulRestart, peer.Med, peer.PasswordSecret));
        Assert.Equal(["65001:1", "65001:2:3"], peer.Community);
        Assert.Equal(("true", "7"), (peer.Label!["serves"], peer.Label["rack"]));
    }

    [Fact]
    public void Rows_of_a_table_are_peers_their_values_text()
    {
        _shell.Run("""
            [pscustomobject]@{ Name = 'tor3'; PeerIPAddress = '10.9.0.12'; PeerASN = '65003'; Sessions = '2'; Label = 'serves=true,rack=7'; Port = '1790'; HoldTime = '30'; GracefulRestart = 'false'; Med = ''; Community = '65001:1, 65001:2:3'; PasswordSecret = ''; Speaker = ''; Cluster = '' },
            [pscustomobject]@{ Name = ''; PeerIPAddress = '10.9.0.13'; PeerASN = '65003'; Sessions = ''; Label = 'serves=true'; Port = ''; HoldTime = ''; GracefulRestart = ''; Med = ''; Community = ''; PasswordSecret = ''; Speaker = ''; Cluster = '' } | New-BgpPeer
            """);
        BgpPeer first = _shell.One<BgpPeer>("Get-BgpPeer tor3");
        Assert.Equal((2, 1790, 30, false, null, null), (first.Sessions, first.Port, first.HoldTime, first.GracefulRestart, first.Med, first.PasswordSecret));
        Assert.Equal(["65001:1", "65001:2:3"], first.Community);
        Assert.Equal("7", first.Label!["rack"]);
        BgpPeer second = _shell.One<BgpPeer>("Get-BgpPeer 10.9.0.13");
        Assert.Equal((null, 179, 90, true), (second.Sessions, second.Port, second.HoldTime, second.GracefulRestart));
        Assert.Empty(second.Community);
    }

    [Fact]
    public void A_peer_of_one_cluster_becomes_one_of_another_and_of_a_speaker()
    {
        using TestCluster other = new(_shell);
        _shell.Run($"New-BgpPeer tor3 10.9.0.12 65003 -HoldTime 30 -Label serves=true -Sessions 2 -Med 5 -Community 65001:1, 65001:2:3 -Cluster {_cluster.Name}");
        BgpPeer copy = _shell.One<BgpPeer>($"Get-BgpPeer tor3 -Cluster {_cluster.Name} | New-BgpPeer -Cluster {other.Name}");
        Assert.Equal((other.Name, "tor3", 30, 2, 5u, "true"), (copy.Cluster, copy.Name, copy.HoldTime, copy.Sessions, copy.Med, copy.Label!["serves"]));
        Assert.Equal(["65001:1", "65001:2:3"], copy.Community);
        using TwoSpeakers speakers = new(_shell);
        BgpPeer tried = _shell.One<BgpPeer>($"Get-BgpPeer tor3 -Cluster {_cluster.Name} | New-BgpPeer -Speaker {speakers.Node}");
        Assert.Equal((speakers.Node, null, "tor3", 30, null, 5u), (tried.Speaker, tried.Cluster, tried.Name, tried.HoldTime, tried.Sessions, tried.Med));
        Assert.Equal(["65001:1", "65001:2:3"], tried.Community);
        _shell.Run($"Set-BgpPeer tor3 -Speaker {speakers.Node} -HoldTime 40 -LocalIPAddress 127.0.0.3; Remove-BgpPeer tor3 -Cluster {other.Name}");
        BgpPeer back = _shell.One<BgpPeer>($"Get-BgpPeer tor3 -Speaker {speakers.Node} | New-BgpPeer -Cluster {other.Name} -Label serves=true");
        Assert.Equal((other.Name, null, 40, null), (back.Cluster, back.Speaker, back.HoldTime, back.LocalIPAddress));
    }

    [Fact]
    public void Set_changes_what_was_typed_and_nothing_that_the_pipeline_brings()
    {
        Assert.Empty(_shell.Run("Get-BgpPeer | Set-BgpPeer -Sessions 1 3> $null"));
        Assert.Equal([1, 1], _shell.Run("Get-BgpPeer").Cast<BgpPeer>().Select(peer => peer.Sessions));
        BgpPeer before = _shell.One<BgpPeer>("Get-BgpPeer tor1");
        BgpPeer after = _shell.One<BgpPeer>("[pscustomobject]@{ Name = 'tor1'; PeerASN = 1; Port = 2; HoldTime = 3; PeerIPAddress = '10.99.9.9'; Label = 'a=b' } | Set-BgpPeer -HoldTime 60 -PassThru");
        Assert.Equal(60, after.HoldTime);
        Assert.Equal((before.PeerASN, before.Port, before.PeerIPAddress, "true"), (after.PeerASN, after.Port, after.PeerIPAddress, after.Label!["serves"]));
    }

    [Fact]
    public void Set_replaces_labels_and_takes_values_back_to_their_defaults()
    {
        BgpPeer peer = _shell.One<BgpPeer>("Set-BgpPeer tor1 -Label @{ serves = 'true'; rack = 'r1' } -Med 7 -Community 65001:1 -HoldTime 30 -PassThru");
        Assert.Equal(("r1", 7u, 30), (peer.Label!["rack"], peer.Med, peer.HoldTime));
        peer = _shell.One<BgpPeer>("Set-BgpPeer tor1 -Sessions $null -Med $null -HoldTime $null -Community @() -Label @{ serves = 'true' } -PassThru");
        Assert.Equal((null, null, 90, 1), (peer.Sessions, peer.Med, peer.HoldTime, peer.Label!.Count));
        Assert.Empty(peer.Community);
    }

    [Fact]
    public void Removed_peers_are_gone()
    {
        _shell.Run("New-BgpPeer tor3 10.9.0.12 65003 -Label serves=true");
        Assert.Equal(["tor1"], Names("Get-BgpPeer tor1 | Remove-BgpPeer -PassThru"));
        Assert.Empty(_shell.Run("'tor2' | Remove-BgpPeer 3> $null"));
        Assert.Equal(["tor3"], Names("Get-BgpPeer"));
        Assert.Equal("BgpPeerNotFound", _shell.Fail("Remove-BgpPeer tor1"));
    }

    [Theory]
    [InlineData("BgpPeerExists", "New-BgpPeer TOR1 10.9.0.12 65003", "already")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.9.0.12 65001", "R1")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.9.0.10 65003", "tor1")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 2001:db8::1 65003", "R4")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.9.0.12 0", "spec.peerASN")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.9.0.12 65003 -LocalASN 65009", "Write localASN: 65001.")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.9.0.12 65003 -Sessions 0", "from 1 to 1024")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.9.0.12 65003 -HoldTime 2", "hold time")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer Tor_3 10.9.0.12 65003", "metadata.name")]
    [InlineData("BgpConfigurationRule", "New-BgpPeer tor3 10.0.1.10 65003", "a node's address")]
    [InlineData("BgpInvalidArgument", "New-BgpPeer tor3 10.9.0.12 65003 -Community 65001", "'65001' is not a community")]
    [InlineData("BgpPeerNotFound", "Set-BgpPeer tor9 -Sessions 2", "It has: tor1, tor2.")]
    [InlineData("BgpConfigurationRule", "Set-BgpPeer tor1 -PeerASN 65001", "eBGP")]
    [InlineData("BgpConfigurationRule", "Set-BgpPeer tor1 -Port 70000", "spec.peerPort")]
    [InlineData("BgpConfigurationRule", "Get-BgpPeer | Set-BgpPeer -Label @{}", "The selector matches no BGPPeer")]
    [InlineData("BgpParameterNotForCluster", "New-BgpPeer tor3 10.9.0.12 65003 -LocalIPAddress 10.0.1.10", "floating IPs")]
    [InlineData("BgpParameterNotForCluster", "New-BgpPeer tor3 10.9.0.12 65003 -AddPath Send", "several paths")]
    [InlineData("BgpParameterNotForCluster", "New-BgpPeer tor3 10.9.0.12 65003 -KeepReceivedRoute $true", "counted")]
    [InlineData("BgpParameterNotForCluster", "Set-BgpPeer tor1 -Password ([securestring]::new())", "-PasswordSecret")]
    [InlineData("BgpParameterNotForCluster", "Set-BgpPeer tor1 -LocalIPAddress 10.0.1.10", "floating IPs")]
    public void What_cannot_be_is_refused_with_the_reason(string id, string command, string reason)
    {
        string before = _shell.State();
        ErrorRecord error = _shell.Invoke($"{command} 3> $null").Errors[0];
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
        if (!command.Contains('|', StringComparison.Ordinal)) Assert.Equal(before, _shell.State());
    }

    [Theory]
    [InlineData("New-BgpPeer x 127.0.0.9 65003 -PasswordSecret tor")]
    [InlineData("New-BgpPeer x 127.0.0.9 65003 -Force")]
    [InlineData("Remove-BgpPeer x -Force")]
    public void What_only_a_cluster_has_a_speakers_peer_does_not_get(string command)
    {
        using TwoSpeakers speakers = new(_shell);
        Assert.Equal("BgpParameterNotForSpeaker", _shell.Fail($"{command} -Speaker {speakers.Node}"));
    }

    [Fact]
    public void What_is_typed_for_the_other_one_is_refused_also_of_a_peer_that_crosses()
    {
        using TwoSpeakers speakers = new(_shell);
        Assert.Equal("BgpParameterNotForSpeaker", _shell.Fail($"Get-BgpPeer tor1 | New-BgpPeer -Speaker {speakers.Node} -Sessions 2"));
        Assert.Equal("BgpParameterNotForSpeaker", _shell.Fail($"Get-BgpPeer tor1 -Cluster {_cluster.Name} -Speaker {speakers.Node}"));
    }

    [Fact]
    public void One_of_many_is_not_warned_of_what_the_next_one_mends()
    {
        _shell.Run("Remove-BgpPeer tor1, tor2 3> $null");
        const string Two = "[pscustomobject]@{ PeerIPAddress = '10.9.0.10'; Sessions = 2 }, [pscustomobject]@{ PeerIPAddress = '10.9.0.11'; Sessions = 1 } | New-BgpPeer -PeerASN 65003 -Label serves=true";
        _shell.Run($"$null = {Two} -WarningVariable warned 3> $null");
        Assert.Contains("BGPPeer cluster-bm/10.9.0.11: spec.sessions", Assert.Single(_shell.Run("$warned")).ToString(), StringComparison.Ordinal);
        _shell.Run("Remove-BgpPeer 10.9.0.10, 10.9.0.11 3> $null; $null = New-BgpPeer tor1 10.9.0.10 65003 -Label serves=true -WarningVariable warned 3> $null");
        Assert.Contains("There is one BGPPeer", Assert.Single(_shell.Run("$warned")).ToString(), StringComparison.Ordinal);
    }

    private string[] Names(string script) => [.. _shell.Run(script).Select(item => Assert.IsType<BgpPeer>(item).Name)];
}
