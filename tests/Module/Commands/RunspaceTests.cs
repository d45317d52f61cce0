using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

/// <summary>Speakers belong to the process, not to the runspace or the module's import.</summary>
public sealed class RunspaceTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public RunspaceTests() => _speakers = new TwoSpeakers(_shell).Peer();

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void Another_runspace_sees_them_and_its_end_does_not_touch_them()
    {
        using (Shell other = new())
        {
            Assert.Equal(2, other.Run($"Get-BgpSpeaker {_speakers.Id}-*").Count);
        }

        Assert.Equal(0, _shell.One<BgpSession>($"Get-BgpSession -Speaker {_speakers.Node} -State Established").Flaps);
    }

    [Fact]
    public void Parallel_runspaces_see_them()
    {
        IReadOnlyList<object> seen = _shell.Run($"1..4 | ForEach-Object -Parallel {{ Import-Module '{StagedModule.Manifest}'; Get-BgpSession -Speaker {_speakers.Node} }}");
        Assert.Equal(4, seen.Count);
        Assert.All(seen, session => Assert.Equal(_speakers.Node, Assert.IsType<BgpSession>(session).Speaker));
    }

    [Fact]
    public void Parallel_runspaces_add_next_hops_to_one_route_and_lose_none()
    {
        _shell.Run($"1..40 | ForEach-Object -ThrottleLimit 8 -Parallel {{ Import-Module '{StagedModule.Manifest}'; Add-BgpRoute 203.0.113.1 \"10.0.0.$_\" -Speaker {_speakers.Node} }}");
        Assert.Equal(40, _shell.Run($"Get-BgpRoute 203.0.113.1 -Speaker {_speakers.Node}").Count);
    }

    [Theory]
    [InlineData("Import-Module '{0}' -Force")]
    [InlineData("Remove-Module BgpLoadBalancer; Import-Module '{0}'")]
    public void A_new_import_keeps_them(string script)
    {
        _shell.Run(string.Format(null, script, StagedModule.Manifest));
        Assert.Equal(0, _shell.One<BgpSession>($"Get-BgpSession -Speaker {_speakers.Node} -State Established").Flaps);
        Assert.Equal(2, _shell.Run($"Get-BgpSpeaker {_speakers.Id}-*").Count);
    }
}
