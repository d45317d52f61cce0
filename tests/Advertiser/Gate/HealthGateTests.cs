using BgpLoadBalancer.Advertiser.Gate;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Advertiser.Tests.Gate;

public sealed class HealthGateTests
{
    [Theory]
    [InlineData("", false)]
    [InlineData("f", false)]
    [InlineData("s", true)]
    [InlineData("sff", true)]
    [InlineData("sfff", false)]
    [InlineData("sffsff", true)]
    [InlineData("sfffs", true)]
    [InlineData("sffff", false)]
    public void Three_failures_in_a_row_close_and_one_success_opens(string results, bool open)
    {
        HealthGate gate = new();

        foreach (char result in results)
        {
            bool before = gate.IsOpen;
            Assert.Equal(gate.Report(result == 's'), gate.IsOpen != before);
        }

        Assert.Equal(open, gate.IsOpen);
    }

    [Fact]
    public async Task Checks_come_each_five_seconds_and_changes_are_told()
    {
        FakeTimeProvider time = new();
        CapturingLogger logger = new();
        string? answer = null;
        using SemaphoreSlim asked = new(0);
        HealthGateLoop loop = new(_ => Answer(), logger, time);
        List<bool> told = [];

        Assert.True(await loop.CheckAsync(TestContext.Current.CancellationToken));
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        using CancellationTokenSource ending = new();
        Task running = loop.RunAsync(() => told.Add(loop.IsOpen), ending.Token);
        answer = "no";
        for (int i = 0; i < 3; i++) await NextAsync();
        answer = null;
        await NextAsync();
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.Equal([false, true], told);
        Assert.Equal(["health check passes, announcing", "health check failed", "health check failed", "health check fails, withdrawing", "health check passes, announcing"], logger.Lines.Select(line => line.Message));

        Task<string?> Answer()
        {
            asked.Release();
            return Task.FromResult(answer);
        }

        async Task NextAsync()
        {
            time.Advance(HealthGateLoop.Period - TimeSpan.FromTicks(1));
            Assert.Equal(0, asked.CurrentCount);
            time.Advance(TimeSpan.FromTicks(1));
            await asked.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_check_that_does_not_answer_is_a_failure_after_three_seconds()
    {
        FakeTimeProvider time = new();
        CapturingLogger logger = new();
        HealthGateLoop loop = new(
            async cancellationToken =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return null;
            },
            logger,
            time);

        Task<bool> check = loop.CheckAsync(TestContext.Current.CancellationToken);
        time.Advance(HealthGateLoop.Timeout - TimeSpan.FromTicks(1));
        Assert.False(check.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        Assert.False(await check);
        Assert.Equal("There was no answer within 3 s.", Assert.Single(logger.Lines).Fields["error"]);
    }
}
