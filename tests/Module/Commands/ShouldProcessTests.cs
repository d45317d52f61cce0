using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

/// <summary>-WhatIf says what would be done and does nothing; -Confirm asks, and No is no.</summary>
public sealed class ShouldProcessTests : IDisposable
{
    private const int No = 2;

    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public ShouldProcessTests()
    {
        _speakers = new TwoSpeakers(_shell).Peer();
        _shell.Run($"Add-BgpRoute 203.0.113.1 10.0.0.1 -Speaker {_speakers.Node}");
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "Start-BgpSpeaker {0}-new 65009", "Start BGP speaker" },
        { "Stop-BgpSpeaker {0}-node", "Stop BGP speaker" },
        { "New-BgpPeer -Speaker {0}-node -PeerIPAddress 127.0.0.99 -PeerASN 64999", "Add BGP peer" },
        { "Set-BgpPeer router -Speaker {0}-node -HoldTime 33", "Change BGP peer" },
        { "Remove-BgpPeer router -Speaker {0}-node", "Remove BGP peer" },
        { "Reset-BgpSession -Speaker {0}-node", "Reset BGP session" },
        { "Reset-BgpSession -Speaker {0}-node -Soft", "Refresh BGP session" },
        { "Add-BgpRoute 203.0.113.2 10.0.0.1 -Speaker {0}-node", "Announce BGP route" },
        { "Remove-BgpRoute 203.0.113.1 -Speaker {0}-node", "Withdraw BGP route" },
    };

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhatIf_changes_nothing(string command, string action)
    {
        string before = State();
        Assert.Empty(_shell.Run(string.Format(null, command, _speakers.Id) + " -WhatIf"));
        Assert.Contains($"Performing the operation \"{action}\" on target", _shell.Console.TakeText(), StringComparison.Ordinal);
        Assert.Equal(before, State());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_No_changes_nothing(string command, string action)
    {
        string before = State();
        _shell.Console.Answer = No;
        Assert.Empty(_shell.Run(string.Format(null, command, _speakers.Id) + " -Confirm"));
        Assert.Contains(action, Assert.Single(_shell.Console.Questions), StringComparison.Ordinal);
        Assert.Equal(before, State());
    }

    [Fact]
    public void A_Yes_does_it()
    {
        _shell.Run($"Remove-BgpRoute 203.0.113.1 -Speaker {_speakers.Node} -Confirm");
        Assert.Empty(_shell.Run($"Get-BgpRoute -Speaker {_speakers.Node}"));
    }

    // Everything that the commands could change, but no ages and message counts.
    private string State()
    {
        IEnumerable<string> lines = _shell.Run($"Get-BgpSpeaker {_speakers.Id}-*").Cast<BgpSpeaker>().Select(speaker => $"{speaker} {speaker.Routes}")
            .Concat(_shell.Run($"Get-BgpPeer -Speaker {_speakers.Node}").Cast<BgpPeer>().Select(peer => $"{peer} {peer.HoldTime}"))
            .Concat(_shell.Run($"Get-BgpRoute -Speaker {_speakers.Node}").Select(route => route.ToString()!))
            .Concat(_shell.Run($"Get-BgpSession -Speaker {_speakers.Node}").Cast<BgpSession>().Select(session => $"{session} {session.State} {session.EstablishedTime:O} {session.Flaps}"));
        return string.Join(Environment.NewLine, lines);
    }
}
