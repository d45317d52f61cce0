using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Node.Tests.Reporting;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Node.Tests;

/// <summary>A loop that fails as nobody expected begins anew, less and less soon, and says so.</summary>
public sealed class KeptLoopTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_pauses_double_up_to_the_longest_and_begin_small_again_after_a_steady_time()
    {
        await using Running running = new(_time);
        List<TimeSpan> began = [];
        TimeSpan works = TimeSpan.Zero;
        KeptLoop loop = new("The loop", Loop, _time, running.Reports.Enqueue);
        await running.StartAsync(loop.RunAsync);
        foreach (double pause in (double[])[1, 2, 4, 5, 5])
        {
            int count = began.Count;
            Assert.Equal(count, running.Reports.Count);
            Assert.Equal(TimeSpan.FromSeconds(pause), await running.UntilAsync(() => began.Count > count));
        }

        Assert.Equal(("The loop: broken", "it begins anew in 5 s"), (loop.Problem, running.Reports.Last().Message.Split("; ")[1]));
        works = KeptLoop.Steady;
        await running.AdvanceAsync(TimeSpan.FromSeconds(5));
        await Running.SettleAsync(() => began.Count == 7);
        await running.AdvanceAsync(KeptLoop.Steady);
        await Running.SettleAsync(() => running.Reports.Count == 7);
        Assert.EndsWith("in 1 s", running.Reports.Last().Message, StringComparison.Ordinal);
        await running.StopAsync();

        async Task Loop(CancellationToken cancellationToken)
        {
            began.Add(_time.GetUtcNow() - _time.Start);
            if (works > TimeSpan.Zero) await Task.Delay(works, _time, cancellationToken);
            throw new InvalidOperationException("broken");
        }
    }

    [Fact]
    public async Task A_loop_that_works_steadily_since_has_no_problem_any_more()
    {
        await using Running running = new(_time);
        int runs = 0;
        KeptLoop loop = new("The loop", async cancellation => await (++runs == 1 ? Task.FromException(new InvalidOperationException("broken")) : Task.Delay(Timeout.Infinite, cancellation)), _time, running.Reports.Enqueue);
        await running.StartAsync(loop.RunAsync);
        await running.UntilAsync(() => runs == 2);
        Assert.NotNull(loop.Problem);
        await running.AdvanceAsync(KeptLoop.Steady);
        Assert.Null(loop.Problem);
        Assert.Equal(ControlEventLevel.Warning, Assert.Single(running.Reports).Level);
        await running.StopAsync();
    }
}
