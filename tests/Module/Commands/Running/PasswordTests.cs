using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>A session with TCP MD5, by a Secret of the manifests (R5, R28).</summary>
public sealed class PasswordTests : IDisposable
{
    private const string Password = "hunter2-Schlüssel";

    private readonly Shell _shell = new();
    private readonly LoopbackCluster? _cluster;

    public PasswordTests()
    {
        if (OperatingSystem.IsLinux()) _cluster = new(_shell, 22, Password);
    }

    public void Dispose()
    {
        _cluster?.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void The_router_takes_the_session_and_nobody_shows_the_password()
    {
        Assert.SkipUnless(_cluster is not null, "TCP MD5 is there on Linux.");
        Assert.Equal(BgpReportedState.Established, _cluster.StartAll().State);
        Assert.Equal("of-router", _shell.One<BgpPeer>("Get-BgpPeer").PasswordSecret);
        string said = string.Join('\n', _shell.Run("Get-BgpPeer; Get-BgpSession; Get-BgpPlan; (Get-BgpNodeAgent).Event; (Get-BgpController).Event").Select(item => $"{item}"));
        Assert.Contains("of-router", _shell.Render("(Get-BgpPeer).PasswordSecret")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_whose_Secret_is_not_there_says_so_at_its_agent()
    {
        Assert.SkipUnless(_cluster is not null, "TCP MD5 is there on Linux.");
        _ = _shell.Run("Set-BgpPeer router -PasswordSecret nowhere -WarningAction Ignore");
        _ = _shell.Run($"Start-BgpController {LoopbackCluster.LeaseSettings}; Start-BgpNodeAgent * -Loopback {LoopbackCluster.LeaseSettings} -NodeRenewIntervalSec 1");
        await LoopbackCluster.UntilAsync(() => _shell.Run("Get-BgpNodeAgent").Cast<BgpNodeAgent>().Any(agent => agent.Problem?.Contains("Secret nowhere", StringComparison.Ordinal) == true));
    }
}
