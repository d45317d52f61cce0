using System.Diagnostics;
using BgpLoadBalancer.Cluster.Control.Leading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control.Leading;

public sealed class LeaseLeaderGateTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _time = new();
    private readonly List<Candidate> _candidates = [];
    private readonly ManifestClusterStore _store = new(new() { Seed = 1 });

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_one_leads_at_once_and_renews()
    {
        await using Candidate first = await LeadingAsync("first");
        LeaseResource taken = await LeaseAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(30));
        LeaseResource renewed = await LeaseAsync();

        Assert.Equal(("first", 15, 0), (taken.Holder, taken.DurationSeconds, taken.Transitions));
        Assert.Equal(("first", taken.AcquireTime), (renewed.Holder, renewed.AcquireTime));
        Assert.InRange(_time.GetUtcNow() - renewed.RenewTime!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.True(first.Leads);
    }

    [Fact]
    public async Task What_keeps_it_from_standing_for_election_is_told_while_it_lasts()
    {
        await using Candidate first = Candidate("first", reliability: Reliability.Away);
        await UntilAsync(() => first.Problem is not null);
        Assert.StartsWith($"The lease {Leading.Candidate.LeaseName} cannot be had: ", first.Problem, StringComparison.Ordinal);
        first.Store.Reliability = Reliability.Answers;
        await UntilAsync(() => first.Leads);
        Assert.Null(first.Problem);

        await using Candidate second = Candidate("second");
        await UntilAsync(() => second.Has("waits for first"));
        Assert.Null(second.Problem);
    }

    [Fact]
    public async Task Another_one_takes_over_after_the_lease_and_after_the_dead_one_has_given_up()
    {
        await using Candidate first = await LeadingAsync("first");
        await using Candidate second = Candidate("second");
        await UntilAsync(() => second.Has("waits for first"));
        await AdvanceAsync(TimeSpan.FromSeconds(20));
        first.Store.Reliability = Reliability.Away;

        TimeSpan dropped = await UntilAsync(() => !first.Leads);
        Assert.InRange(dropped.TotalSeconds, 10, 12);
        Assert.False(second.Has("taken"));
        TimeSpan taken = dropped + await UntilAsync(() => second.Has("taken"));
        // Its last renewal was up to 2 s ago; and up to 2 s each until the second one has seen it, and looks again after the 15 s.
        Assert.InRange(taken.TotalSeconds, 13, 19);
        await second.Began.WaitAsync(Cancelled);
        Assert.Equal(("second", 1), ((await LeaseAsync()).Holder, (await LeaseAsync()).Transitions));
    }

    [Fact]
    public async Task A_lease_that_was_given_back_is_taken_at_the_next_look()
    {
        await using Candidate first = await LeadingAsync("first");
        await using Candidate second = Candidate("second");
        await AdvanceAsync(TimeSpan.FromSeconds(5));

        await first.StopAsync();
        Assert.True(first.Running.IsCanceled);
        Assert.Equal("", (await LeaseAsync()).Holder);
        TimeSpan taken = await UntilAsync(() => second.Has("taken"));
        Assert.InRange(taken.TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task The_store_may_be_away_for_less_than_the_drop_time()
    {
        await using Candidate first = await LeadingAsync("first");
        first.Store.Reliability = Reliability.Away;
        await AdvanceAsync(TimeSpan.FromSeconds(9));
        first.Store.Reliability = Reliability.Answers;
        await AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.True(first.Leads);
        Assert.Single(first.Reports, report => report.Message == "not renewed; it is tried again");
        Assert.False(first.Has("lost"));
    }

    [Theory]
    [InlineData("Away")]
    [InlineData("Hangs")]
    [InlineData("LosesAnswers")]
    public async Task Without_a_renewal_that_is_known_to_have_succeeded_the_work_ends_by_the_drop_time_and_begins_again_later(string reliability)
    {
        await using Candidate first = await LeadingAsync("first");
        await AdvanceAsync(TimeSpan.FromSeconds(7));
        first.Store.Reliability = Enum.Parse<Reliability>(reliability);

        TimeSpan dropped = await UntilAsync(() => !first.Leads);
        Assert.InRange(dropped.TotalSeconds, 10, 12);
        first.Store.Reliability = Reliability.Answers;
        await UntilAsync(() => first.Reports.Count(report => report.Message == "taken") == 2);
        await first.Began.WaitAsync(Cancelled);
        Assert.True(first.Leads);
    }

    [Fact]
    public async Task The_drop_time_counts_from_when_the_last_renewal_was_sent_not_from_its_answer()
    {
        await using Candidate first = await LeadingAsync("first");
        first.Store.Reliability = Reliability.AnswersLate;
        await AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.True(first.Leads);
        first.Store.Reliability = Reliability.Away;
        await UntilAsync(() => !first.Leads);
        Assert.InRange((_time.GetUtcNow() - (await LeaseAsync()).RenewTime!.Value).TotalSeconds, 11.9, 12.1);
    }

    [Fact]
    public async Task A_lease_that_says_that_it_lasts_longer_than_ours_do_is_believed()
    {
        LeaseResource silent = new() { Metadata = new() { Name = Control.Leading.Candidate.LeaseName, Namespace = LeaseNames.SystemNamespace }, Holder = "silent", DurationSeconds = 40 };
        await _store.CreateAsync(silent, Cancelled);
        await using Candidate first = Candidate("first");
        Assert.InRange((await UntilAsync(() => first.Has("taken"))).TotalSeconds, 40, 43);
    }

    [Fact]
    public async Task A_lease_that_somebody_else_has_taken_ends_the_work_at_the_next_renewal()
    {
        await using Candidate first = await LeadingAsync("first");
        await _store.UpdateAsync(await LeaseAsync() with { Holder = "usurper" }, Cancelled);

        TimeSpan dropped = await UntilAsync(() => !first.Leads);
        Assert.InRange(dropped.TotalSeconds, 0, 2);
        Assert.Equal("usurper", (await LeaseAsync()).Holder);
    }

    [Fact]
    public async Task A_change_of_the_lease_by_somebody_who_does_not_take_it_costs_nothing()
    {
        await using Candidate first = await LeadingAsync("first");
        LeaseResource lease = await LeaseAsync();
        await _store.UpdateAsync(lease with { Metadata = lease.Metadata with { Labels = lease.Metadata.Labels.Add("seen", "yes") } }, Cancelled);
        await AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.True(first.Leads);
        Assert.Equal("yes", (await LeaseAsync()).Metadata.Labels["seen"]);
    }

    [Fact]
    public async Task A_taking_whose_answer_was_lost_is_found_out_at_the_next_look()
    {
        LeaseResource released = new() { Metadata = new() { Name = Control.Leading.Candidate.LeaseName, Namespace = LeaseNames.SystemNamespace }, Holder = "" };
        await _store.CreateAsync(released, Cancelled);
        await using Candidate first = Candidate("first", reliability: Reliability.LosesAnswers);
        await UntilAsync(() => first.Has("cannot be had"));
        Assert.Equal("first", (await LeaseAsync()).Holder);
        first.Store.Reliability = Reliability.Answers;

        Assert.InRange((await UntilAsync(() => first.Has("taken"))).TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task Work_that_ends_by_itself_ends_the_gate_and_gives_the_lease_back()
    {
        await using Candidate done = Candidate("first", work: _ => Task.CompletedTask);
        await done.Running.WaitAsync(Cancelled);
        Assert.Equal("", (await LeaseAsync()).Holder);

        await using Candidate failed = Candidate("second", work: _ => throw new InvalidOperationException("broken"));
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => failed.Running.WaitAsync(Cancelled))).Message);
        Assert.Equal("", (await LeaseAsync()).Holder);
    }

    [Fact]
    public async Task The_lease_is_renewed_until_the_work_has_ended_however_long_that_takes()
    {
        TaskCompletionSource cleaning = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // Once it works, its renewals are on the clock.
        TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Candidate first = Candidate("first", work: _ =>
        {
            began.SetResult();
            return cleaning.Task;
        });
        await using Ending ending = new(cleaning);
        await began.Task;
        await using Candidate second = Candidate("second", seed: 2);
        await UntilAsync(() => second.Has("waits for first"));
        Task stopping = first.StopAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.False(second.Has("taken"));

        cleaning.SetResult();
        await stopping;
        Assert.InRange((await UntilAsync(() => second.Has("taken"))).TotalSeconds, 0, 2);
    }

    [Theory]
    [InlineData(0, 12, 15, "renew is 0 s")]
    [InlineData(6, 12, 15, "make renew less than 6 s")]
    [InlineData(2, 14, 15, "make lease at least 16 s")]
    [InlineData(2, 12, 15.5, "must be whole seconds")]
    public void Durations_that_do_not_fit_are_refused(double renew, double drop, double lease, string words)
    {
        LeaderSettings settings = new() { Renew = TimeSpan.FromSeconds(renew), Drop = TimeSpan.FromSeconds(drop), Lease = TimeSpan.FromSeconds(lease) };

        ArgumentException error = Assert.Throws<ArgumentException>(() => new LeaseLeaderGate(_store, "lease", "first", settings, _time, new Random(1), _ => { }));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_fails_two_never_lead_and_in_the_end_one_does(int seed)
    {
        Random random = new(seed);
        await using Candidate first = Candidate("first", seed);
        await using Candidate second = Candidate("second", seed + 100);
        await using Candidate third = Candidate("third", seed + 200);
        Candidate[] all = [first, second, third];
        void Check() => Assert.True(all.Count(candidate => candidate.Leads) <= 1, "Two lead.");

        await Task.Run(
            async () =>
            {
                for (int i = 0; i < 6000; i++)
                {
                    if (random.Next(40) == 0) all[random.Next(3)].Store.Reliability = (Reliability)random.Next(4);
                    await StepAsync();
                    Check();
                }
            },
            Cancelled);
        foreach (Candidate candidate in all) candidate.Store.Reliability = Reliability.Answers;
        await UntilAsync(() =>
        {
            Check();
            return all.Any(candidate => candidate.Leads);
        });
        Assert.True(all.Sum(candidate => candidate.Reports.Count(report => report.Message == "taken")) > 1, "Nothing ever failed.");
    }

    private async Task<Candidate> LeadingAsync(string identity)
    {
        Candidate candidate = Candidate(identity);
        await candidate.Began.WaitAsync(Cancelled);
        return candidate;
    }

    private Candidate Candidate(string identity, int seed = 1, Reliability reliability = Reliability.Answers, Func<CancellationToken, Task>? work = null)
    {
        Candidate candidate = new(_store, identity, _time, seed, work, reliability);
        _candidates.Add(candidate);
        return candidate;
    }

    private async Task<LeaseResource> LeaseAsync() => (await _store.GetAsync<LeaseResource>(LeaseNames.SystemNamespace, Control.Leading.Candidate.LeaseName, Cancelled))!;

    private Task AdvanceAsync(TimeSpan time) => Task.Run(
        async () =>
        {
            for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += Step) await StepAsync();
        },
        Cancelled);

    private async Task StepAsync()
    {
        _time.Advance(Step);
        long began = Stopwatch.GetTimestamp();
        while (!_candidates.TrueForAll(candidate => candidate.IsAtRest))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Stores.Patience, "A candidate waits for nothing.");
            await Task.Yield();
        }
    }

    /// <returns>How much time passed.</returns>
    private Task<TimeSpan> UntilAsync(Func<bool> condition) => Task.Run(
        async () =>
        {
            TimeSpan passed = TimeSpan.Zero;
            for (; !condition(); passed += Step)
            {
                Assert.True(passed < TimeSpan.FromHours(1), "It never happens.");
                await StepAsync();
            }

            return passed;
        },
        Cancelled);

    /// <summary>Ends the work also when the test fails: otherwise the candidate would be waited for.</summary>
    private sealed class Ending(TaskCompletionSource work) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            _ = work.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
