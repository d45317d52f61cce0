using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Commands;

namespace BgpLoadBalancer.Module.Tests.Commands;

public sealed class AsyncPumpTests : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly AsyncPump _pump = new();

    public void Dispose()
    {
        _pump.Dispose();
        _cancellation.Dispose();
    }

    [Fact]
    public void What_is_posted_runs_on_the_callers_thread_in_order()
    {
        List<(int Value, int Thread)> ran = [];
        _pump.Run(
            async () =>
            {
                for (int i = 0; i < 100; i++)
                {
                    int value = i;
                    _pump.Post(() => ran.Add((value, Environment.CurrentManagedThreadId)));
                    await Task.Yield();
                }
            },
            _cancellation.Cancel);
        Assert.Equal(Enumerable.Range(0, 100).Select(value => (value, Environment.CurrentManagedThreadId)), ran);
    }

    [Fact]
    public void What_a_later_command_throws_cancels_the_work_and_comes_out_when_that_has_ended()
    {
        bool cleaned = false;
        InvalidTimeZoneException error = Assert.Throws<InvalidTimeZoneException>(() => _pump.Run(
            async () =>
            {
                try
                {
                    _pump.Post(() => throw new InvalidTimeZoneException("from behind"));
                    await Task.Delay(Timeout.Infinite, _cancellation.Token);
                }
                finally
                {
                    cleaned = true;
                    _pump.Post(() => Assert.Fail("The pipeline has ended."));
                }
            },
            _cancellation.Cancel));
        Assert.Equal("from behind", error.Message);
        Assert.True(cleaned);
    }

    [Fact]
    public void What_the_work_throws_comes_out() =>
        Assert.Throws<InvalidTimeZoneException>(() => _pump.Run(() => Task.FromException(new InvalidTimeZoneException()), _cancellation.Cancel));

    [Fact]
    public void Cancelled_work_is_a_pipeline_that_stopped()
    {
        _cancellation.Cancel();
        Assert.Throws<PipelineStoppedException>(() => _pump.Run(() => Task.FromCanceled(_cancellation.Token), _cancellation.Cancel));
    }
}
