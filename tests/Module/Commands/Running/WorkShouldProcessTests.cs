using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Running;

/// <summary>What runs is started and stopped only where nobody says -WhatIf or No.</summary>
public sealed class WorkShouldProcessTests : IDisposable
{
    private const int No = 2;
    private const string Running = "Start-BgpController; Start-BgpNodeAgent node-2 -Loopback";

    private readonly Shell _shell = new();
    private readonly LoopbackCluster _cluster;

    public WorkShouldProcessTests() => _cluster = new(_shell, 23);

    // Before it, the command, its action, and what else -WhatIf says.
    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "", "Start-BgpController", "Start BGP controller", "controller1" },
        { "", "Start-BgpNodeAgent node-1 -Loopback", "Start BGP node agent", "node node-1 of cluster loopback23, on loopback" },
        { "", "Start-BgpNodeAgent node-1", "Start BGP node agent", "which is this host" },
        { "", "Invoke-BgpReconciliation", "Reconcile", "Add FloatingIP 127.0.23.100: none -> node-" },
        { Running, "Stop-BgpController *", "Stop BGP controller", "controller1" },
        { Running, "Stop-BgpNodeAgent *", "Stop BGP node agent", "node node-2" },
        { Running, "Stop-BgpNodeAgent node-2 -Abrupt", "Kill BGP node agent", "node node-2" },
        { Running, "Stop-BgpNodeAgent node-2 -PlannedRestart", "Stop BGP node agent for a restart", "node node-2" },
    };

    public void Dispose()
    {
        _cluster.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void WhatIf_says_what_and_does_nothing(string first, string command, string action, string said)
    {
        if (first.Length > 0) _ = _shell.Run(first);
        string before = State();
        _ = _shell.Console.TakeText();
        Assert.Empty(_shell.Run($"{command} -WhatIf"));
        string text = _shell.Console.TakeText();
        Assert.Contains($"Performing the operation \"{action}\" on target", text, StringComparison.Ordinal);
        Assert.Contains($"cluster {_cluster.Name}", text, StringComparison.Ordinal);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Equal(before, State());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_No_does_nothing_and_without_Confirm_nobody_asks(string first, string command, string action, string said)
    {
        if (first.Length > 0) _ = _shell.Run(first);
        string before = State();
        _shell.Console.Answer = No;
        Assert.Empty(_shell.Run($"{command} -Confirm"));
        string question = Assert.Single(_shell.Console.Questions);
        Assert.Contains(action, question, StringComparison.Ordinal);
        Assert.Contains(said, question, StringComparison.Ordinal);
        Assert.Equal(before, State());
        // The agent of this host would need its privileges.
        if (command.EndsWith("node-1", StringComparison.Ordinal)) return;
        _ = _shell.Run(command);
        Assert.Single(_shell.Console.Questions);
        Assert.NotEqual(before, State());
    }

    // All that the commands change at once; a controller that has just begun writes when it comes to it.
    private string State() => string.Join(
        '\n',
        _shell.Run("Get-BgpController; Get-BgpNodeAgent").Select(work => work is BgpController controller ? $"{controller} {controller.StartTime:O}" : $"{work} {((BgpNodeAgent)work).StartTime:O}")
            .Concat(_shell.Run("if (-not (Get-BgpController)) { Get-BgpFloatingIP | ForEach-Object { \"$_ $($_.State)\" }; Get-BgpSession | ForEach-Object Name }").Cast<string>()));
}
