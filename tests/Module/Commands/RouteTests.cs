using System.Net;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

public sealed class RouteTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public RouteTests() => _speakers = new(_shell);

    private string Node => _speakers.Node;

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void An_address_is_its_own_prefix_and_next_hops_keep_their_order()
    {
        Assert.Equal(
            ["203.0.113.1/32 via 10.0.0.9", "203.0.113.1/32 via 10.0.0.2"],
            Routes($"Add-BgpRoute 203.0.113.1 10.0.0.9, 10.0.0.2 -Speaker {Node}"));
        Assert.Equal(3, Routes($"Add-BgpRoute 203.0.113.1/32 10.0.0.1, 10.0.0.2 -Speaker {Node}").Length);
        Assert.Equal(["2001:db8::1/128 via 2001:db8::a"], Routes($"Add-BgpRoute 2001:db8::1 2001:db8::a -Speaker {Node}"));
    }

    [Fact]
    public void Rows_of_a_table_are_routes_their_values_text()
    {
        BgpRoute[] routes = [.. _shell.Run($$"""
            [pscustomobject]@{ Prefix = '203.0.113.1/32'; NextHop = '10.0.0.1'; Med = '7'; Community = '65001:1'; Speaker = '{{Node}}' },
            [pscustomobject]@{ Prefix = '203.0.113.2'; NextHop = '10.0.0.1'; Med = ''; Community = ''; Speaker = '{{Node}}' } | Add-BgpRoute
            """).Cast<BgpRoute>()];
        Assert.Equal((7u, "65001:1"), (routes[0].Med, Assert.Single(routes[0].Community)));
        Assert.Null(routes[1].Med);
        Assert.Empty(routes[1].Community);
        Assert.Equal(BgpRouteDirection.Local, routes[0].Direction);
    }

    [Fact]
    public void Prefixes_come_from_the_pipeline_as_values_too()
    {
        Assert.Equal(2, Routes($"'203.0.113.1', '203.0.113.2/32' | Add-BgpRoute -NextHop 10.0.0.1 -Speaker {Node}").Length);
        Assert.Equal(["203.0.113.2/32 via 10.0.0.1"], Routes($"'203.0.113.2' | Get-BgpRoute -Speaker {Node}"));
        Assert.Equal(["203.0.113.2/32 via 10.0.0.1"], Routes($"[System.Net.IPNetwork]::Parse('203.0.113.2/32') | Get-BgpRoute -Speaker {Node}"));
        Assert.Equal(["203.0.113.1/32 via 10.0.0.1"], Routes($"'203.0.113.1' | Remove-BgpRoute -Speaker {Node} -PassThru"));
        Assert.Equal(["203.0.113.2/32 via 10.0.0.1"], Routes($"[pscustomobject]@{{ Prefix = '203.0.113.2'; Speaker = '{Node}' }} | Get-BgpRoute | Get-BgpRoute"));
    }

    [Fact]
    public void Routes_of_one_speaker_are_added_to_another()
    {
        Routes($"Add-BgpRoute 203.0.113.1 10.0.0.1, 10.0.0.2 -Speaker {Node} -Community 65001:5");
        Routes($"Get-BgpRoute -Speaker {Node} | Add-BgpRoute -Speaker {_speakers.Router}");
        BgpRoute[] copies = [.. _shell.Run($"Get-BgpRoute -Speaker {_speakers.Router}").Cast<BgpRoute>()];
        Assert.Equal(["10.0.0.1", "10.0.0.2"], copies.Select(route => route.NextHop.ToString()));
        Assert.All(copies, route => Assert.Equal(["65001:5"], route.Community));
    }

    [Fact]
    public void Routes_are_found_by_prefix_wildcard_and_next_hop()
    {
        AddThree();
        Assert.Equal(2, Routes($"Get-BgpRoute 203.0.113.* -Speaker {Node}").Length);
        Assert.Equal(["198.51.100.0/24 via 10.0.0.2"], Routes($"Get-BgpRoute -Speaker {Node} -NextHop 10.0.0.2"));
        Assert.Empty(Routes($"Get-BgpRoute 192.* -Speaker {Node}"));
        Assert.Equal("BgpRouteNotFound", _shell.Fail($"Get-BgpRoute 203.0.113.9 -Speaker {Node}"));
        Assert.Equal("BgpRouteNotFound", _shell.Fail($"Get-BgpRoute nonsense -Speaker {Node}"));
    }

    [Fact]
    public void A_prefix_is_taken_back_whole_and_a_path_alone()
    {
        Routes($"Add-BgpRoute 203.0.113.1 10.0.0.1, 10.0.0.2, 10.0.0.3 -Speaker {Node}");
        Assert.Equal(["203.0.113.1/32 via 10.0.0.2"], Routes($"Remove-BgpRoute 203.0.113.1 10.0.0.2 -Speaker {Node} -PassThru"));
        Assert.Equal(["203.0.113.1/32 via 10.0.0.3"], Routes($"Get-BgpRoute -Speaker {Node} -NextHop 10.0.0.3 | Remove-BgpRoute -PassThru"));
        Assert.Equal(["203.0.113.1/32 via 10.0.0.1"], Routes($"Get-BgpRoute -Speaker {Node}"));
        Assert.Equal("BgpRouteNotFound", _shell.Fail($"Remove-BgpRoute 203.0.113.1 10.0.0.2 -Speaker {Node}"));
        Assert.Empty(Routes($"[pscustomobject]@{{ Prefix = '203.0.113.1/32'; Speaker = '{Node}' }} | Remove-BgpRoute"));
        Assert.Empty(Routes($"Get-BgpRoute -Speaker {Node}"));
        Assert.Equal("BgpRouteNotFound", _shell.Fail($"Remove-BgpRoute 203.0.113.1 -Speaker {Node}"));
    }

    [Theory]
    [InlineData("203.0.113.1 2001:db8::1", "BgpInvalidArgument")]
    [InlineData("203.0.113.1 10.0.0.1 -Community 1:2:3:4", "BgpInvalidArgument")]
    [InlineData("203.0.113.1 0.0.0.0", "BgpInvalidArgument")]
    [InlineData("203.0.113.1/24 10.0.0.1", "ParameterArgumentTransformationError")]
    public void What_cannot_be_announced_is_refused(string arguments, string id)
    {
        Assert.Equal(id, _shell.Fail($"Add-BgpRoute {arguments} -Speaker {Node}"));
        Assert.Empty(Routes($"Get-BgpRoute -Speaker {Node}"));
    }

    [Theory]
    [InlineData("Get-BgpRoute")]
    [InlineData("Add-BgpRoute 203.0.113.1 10.0.0.1")]
    [InlineData("Remove-BgpRoute 203.0.113.1")]
    public void Each_needs_a_speaker_that_runs(string command)
    {
        Assert.Equal("BgpClusterNotConnected", _shell.Fail(command));
        Assert.Equal("BgpSpeakerNotFound", _shell.Fail($"{command} -Speaker nobody"));
    }

    [Fact]
    public void The_router_has_what_was_announced_path_by_path()
    {
        _shell.Run($"Add-BgpRoute 203.0.113.1 10.0.0.1, 10.0.0.2 -Speaker {Node} -Med 7");
        _speakers.Peer();
        _speakers.WaitForPaths(2);
        BgpRoute[] received = [.. _shell.Run($"Get-BgpSpeaker {_speakers.Router} | Get-BgpRoute -Direction Received").Cast<BgpRoute>()];
        Assert.Equal(["10.0.0.1", "10.0.0.2"], received.Select(route => route.NextHop.ToString()));
        Assert.All(received, route =>
        {
            Assert.Equal([65_001u], route.AsPath);
            Assert.Equal((7u, "node", IPAddress.Parse(TwoSpeakers.NodeAddress), BgpRouteDirection.Received), (route.Med, route.Peer, route.PeerIPAddress, route.Direction));
            Assert.NotNull(route.PathId);
        });
        Assert.Equal(2, Routes($"Get-BgpSession -Speaker {_speakers.Router} | Get-BgpRoute").Length);
        Assert.Equal(2, Routes($"Get-BgpRoute -Direction Advertised -Speaker {Node}").Length);
    }

    private void AddThree() => _shell.Run($"Add-BgpRoute 203.0.113.1, 203.0.113.2 10.0.0.1 -Speaker {Node}; Add-BgpRoute 198.51.100.0/24 10.0.0.2 -Speaker {Node}");

    private string[] Routes(string script) => [.. _shell.Run(script).Select(item => Assert.IsType<BgpRoute>(item).ToString())];
}
