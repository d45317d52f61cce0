using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>-WhatIf says what would be done and does nothing; -Confirm asks, and No is no.</summary>
public sealed class ClusterShouldProcessTests : IDisposable
{
    private const int No = 2;

    private readonly Shell _shell = new();

    public static TheoryData<string, string, string> Edits => ClusterEdits.All;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [MemberData(nameof(Edits))]
    public void WhatIf_changes_nothing(string command, string action, string without)
    {
        using TestCluster cluster = new(_shell, manifests => TestCluster.Without(without, manifests));
        string before = _shell.State();
        Assert.Empty(_shell.Run($"{command} -WhatIf 3> $null"));
        string text = _shell.Console.TakeText();
        Assert.Contains($"Performing the operation \"{action}\" on target", text, StringComparison.Ordinal);
        Assert.Contains($"in cluster {cluster.Name}", text, StringComparison.Ordinal);
        Assert.Equal(before, _shell.State());
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void A_No_changes_nothing_and_a_Yes_does_it(string command, string action, string without)
    {
        using TestCluster cluster = new(_shell, manifests => TestCluster.Without(without, manifests));
        string before = _shell.State();
        _shell.Console.Answer = No;
        Assert.Empty(_shell.Run($"{command} -Confirm 3> $null"));
        Assert.Contains(action, Assert.Single(_shell.Console.Questions), StringComparison.Ordinal);
        Assert.Equal(before, _shell.State());
        _shell.Console.Answer = 0;
        _shell.Run($"{command} -Confirm 3> $null");
        Assert.NotEqual(before, _shell.State());
    }

    [Fact]
    public void What_a_rule_forbids_is_said_instead_of_what_would_be_done()
    {
        using TestCluster cluster = new(_shell);
        Assert.Equal("BgpConfigurationRule", _shell.Fail("Set-BgpPeer tor1 -PeerASN 65001 -WhatIf"));
        Assert.DoesNotContain("Performing", _shell.Console.TakeText(), StringComparison.Ordinal);
    }
}
