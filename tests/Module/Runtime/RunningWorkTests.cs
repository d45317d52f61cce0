using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Runtime;

/// <summary>Work that ends by a fault of its own, which is kept, for Get- to show.</summary>
public sealed class RunningWorkTests
{
    [Fact]
    public async Task A_fault_ends_it_and_is_kept_and_said()
    {
        Falling work = new();
        work.Start();
        Assert.False(work.HasEnded);
        work.Fall.SetException(new InvalidOperationException("The sky has fallen."));
        await work.StopAsync();
        Assert.True(work.HasEnded);
        Assert.Equal("The sky has fallen.", work.Fault?.Message);
        Assert.Equal("The sky has fallen.", Assert.Single(work.Log.Events).Error);
    }

    [Fact]
    public async Task A_stop_is_no_fault()
    {
        Falling work = new();
        work.Start();
        await work.StopAsync();
        Assert.True(work.HasEnded);
        Assert.Null(work.Fault);
        Assert.Empty(work.Log.Events);
    }

    private sealed class Falling() : RunningWork("falling", null!, new(TimeProvider.System))
    {
        public TaskCompletionSource Fall { get; } = new();

        private protected override Task RunAsync(CancellationToken cancellationToken) => Fall.Task.WaitAsync(cancellationToken);
    }
}
