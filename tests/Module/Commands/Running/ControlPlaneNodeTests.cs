using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>An agent cares for the bgpadvertiser of a control-plane node: its configuration, and the report of its sessions (R14, R15, R30).</summary>
public sealed class ControlPlaneNodeTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bgp-control-plane-");

    public ControlPlaneNodeTests() => _cluster = new(_shell, 34);

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_file_is_as_the_plan_has_it_and_the_session_is_reported()
    {
        string file = Path.Combine(_folder.FullName, "bgp.yaml");
        // Nobody listens at port 1.
        _ = _shell.Run($"Start-BgpNodeAgent node-1 -Loopback -AdvertiserConfigPath '{file}' -AdvertiserHealthAddress 127.0.34.10:1");
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpSession").Cast<BgpSession>().Any(session => session.LastError is not null));
        BgpSession session = _shell.One<BgpSession>("Get-BgpSession");
        Assert.Equal(($"{_cluster.RouterAddress}-node-1-control-plane", null, BgpReportedState.Unknown), (session.Name, session.FloatingIPAddress, session.State));
        Assert.Contains("http://127.0.34.10:1/sessions", session.LastError, StringComparison.Ordinal);
        Assert.Contains($"- peerIP: {_cluster.RouterAddress}\n  peerASN: 65002\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_one_nodes_and_an_address_goes_with_it_only()
    {
        Assert.Equal("BgpInvalidArgument", _shell.Fail("Start-BgpNodeAgent * -Loopback -AdvertiserConfigPath ./bgp.yaml"));
        Assert.Equal("BgpInvalidArgument", _shell.Fail("Get-BgpNode | Start-BgpNodeAgent -Loopback -AdvertiserConfigPath ./bgp.yaml -WhatIf"));
        Assert.Equal("BgpInvalidArgument", _shell.Fail("Start-BgpNodeAgent node-1 -Loopback -AdvertiserHealthAddress 127.0.0.1:8080"));
        foreach (string wrong in new[] { "here", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000" })
        {
            string said = Assert.Single(_shell.Invoke($"Start-BgpNodeAgent node-1 -Loopback -AdvertiserConfigPath ./bgp.yaml -AdvertiserHealthAddress {wrong}").Errors).ToString();
            Assert.Contains($"'{wrong}' is not an address with a port: write it such as 127.0.0.1:8080", said, StringComparison.Ordinal);
        }

        Assert.Empty(_shell.Run("Get-BgpNodeAgent"));
    }
}
