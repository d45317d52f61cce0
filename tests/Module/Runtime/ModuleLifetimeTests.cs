using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Module.Tests.Runtime;

/// <summary>When the end of the module is the end of what runs.</summary>
public sealed class ModuleLifetimeTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly ModuleLifetime _lifetime;
    private int _ends;

    public ModuleLifetimeTests() => _lifetime = new(
        () =>
        {
            _ends++;
            return Task.CompletedTask;
        },
        Grace,
        _time);

    [Fact]
    public void The_last_removal_ends_everything_after_a_while_and_once()
    {
        (object one, object two) = (new(), new());
        _lifetime.Import(one, () => true);
        _lifetime.Import(two, () => true);
        _lifetime.Remove(one);
        _time.Advance(10 * Grace);
        Assert.Equal(0, _ends);
        _lifetime.Remove(two);
        _time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _ends);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _ends);
        _lifetime.Remove(two);
        _time.Advance(10 * Grace);
        Assert.Equal(1, _ends);
    }

    [Fact]
    public void A_new_import_in_time_keeps_everything()
    {
        object one = new();
        _lifetime.Import(one, () => true);
        _lifetime.Remove(one);
        _time.Advance(Grace / 2);
        _lifetime.Import(new(), () => true);
        _time.Advance(10 * Grace);
        Assert.Equal(0, _ends);
    }

    [Fact]
    public void A_runspace_that_was_closed_does_not_count_and_ends_nothing_by_itself()
    {
        bool open = true;
        object one = new();
        _lifetime.Import(new(), () => open);
        open = false;
        _time.Advance(10 * Grace);
        Assert.Equal(0, _ends);
        _lifetime.Import(one, () => true);
        _lifetime.Remove(one);
        _time.Advance(Grace);
        Assert.Equal(1, _ends);
    }

    [Fact]
    public void PowerShell_tells_of_imports_and_removals()
    {
        using Shell shell = new();
        object Runspace() => Assert.Single(shell.Run("[System.Management.Automation.Runspaces.Runspace]::DefaultRunspace"));
        Assert.True(ModuleLifetime.OfProcess.IsUsedBy(Runspace()));
        _ = shell.Run("Remove-Module BgpLoadBalancer");
        Assert.False(ModuleLifetime.OfProcess.IsUsedBy(Runspace()));
        _ = shell.Run($"Import-Module '{StagedModule.Manifest}'; Import-Module '{StagedModule.Manifest}' -Force");
        Assert.True(ModuleLifetime.OfProcess.IsUsedBy(Runspace()));
        // The tests' other runspaces have it too, so nothing ends here.
        Assert.True(ModuleLifetime.OfProcess.Ended.IsCompletedSuccessfully);
    }
}
