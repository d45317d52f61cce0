using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands;

/// <summary>Ctrl+C, whenever it comes.</summary>
public sealed class StopTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly TwoSpeakers _speakers;

    public StopTests() => _speakers = new(_shell);

    public void Dispose()
    {
        _speakers.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public async Task Waiting_ends_at_once()
    {
        _shell.Run($"New-BgpPeer -Speaker {_speakers.Node} -PeerIPAddress 127.0.0.88 -PeerASN 64999 -Port 9");
        using Shell other = new();
        using RunningScript wait = other.Begin($"Wait-BgpSession -Speaker {_speakers.Node} -TimeoutSec 3600");
        await other.Console.FirstProgressAsync(TestContext.Current.CancellationToken);
        await wait.StopAsync();
        Assert.Empty(wait.Errors);
        Assert.Single(other.Run($"Get-BgpSession -Speaker {_speakers.Node}"));
    }

    [Fact]
    public async Task Watching_ends_at_once_and_leaves_no_subscription()
    {
        _speakers.Peer();
        Assert.True(SpeakerTable.TryGet(_speakers.Node, out RunningSpeaker? speaker));
        using Shell other = new();
        using RunningScript watch = other.Begin($"Watch-BgpSession -Speaker {_speakers.Node}");
        await watch.NextAsync<BgpSessionEvent>(_ => true, TestContext.Current.CancellationToken);
        Assert.Equal(1, speaker.Events.Watchers);
        await watch.StopAsync();
        Assert.Empty(watch.Errors);
        Assert.Equal(0, speaker.Events.Watchers);
        Assert.Single(other.Run($"Get-BgpSession -Speaker {_speakers.Node}"));
    }

    [Fact]
    public async Task Watching_ends_with_the_speaker()
    {
        _speakers.Peer();
        using Shell other = new();
        using RunningScript watch = other.Begin($"Watch-BgpSession -Speaker {_speakers.Node}");
        await watch.NextAsync<BgpSessionEvent>(_ => true, TestContext.Current.CancellationToken);
        _shell.Run($"Stop-BgpSpeaker {_speakers.Node}");
        await watch.EndAsync(TestContext.Current.CancellationToken);
        Assert.Empty(watch.Errors);
    }

    [Fact]
    public void A_command_behind_it_that_has_enough_ends_the_watch()
    {
        _speakers.Peer();
        _shell.Run("function Get-FirstItem { process { $_; break } }");
        Assert.Single(_shell.Run($"do {{ Watch-BgpSession -Speaker {_speakers.Node} | Get-FirstItem }} while ($false)"));
        Assert.True(SpeakerTable.TryGet(_speakers.Node, out RunningSpeaker? speaker));
        Assert.Equal(0, speaker.Events.Watchers);
    }

    [Fact]
    public async Task A_stop_at_any_moment_ends_the_wait()
    {
        _shell.Run($"New-BgpPeer -Speaker {_speakers.Node} -PeerIPAddress 127.0.0.88 -PeerASN 64999 -Port 9");
        using Shell other = new();
        for (int spins = 1; spins <= 1 << 20; spins *= 4)
        {
            using RunningScript wait = other.Begin($"Wait-BgpSession -Speaker {_speakers.Node} -TimeoutSec 3600");
            Thread.SpinWait(spins);
            await wait.StopAsync();
            Assert.Empty(wait.Errors);
        }
    }
}
