using BgpLoadBalancer.Node.FloatingIPs;
using static BgpLoadBalancer.Node.Tests.FloatingIPs.MachineScript;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>"Then", "Holding" and "Dying": what follows when the lease is ours, and what when it is not any more.</summary>
public sealed class HoldingTests
{
    [Fact]
    public void With_the_lease_it_probes_adds_announces_and_opens_the_sessions_in_this_order()
    {
        MachineScript script = new MachineScript().Begin(Lease(1, null));
        Assert.Equal(["ProbeAddress"], script.Written(2, sent: 0).ActionNames);
        Assert.Equal(["HoldAddress"], script.Clear().ActionNames);
        Assert.Equal(["AnnounceAddress", "OpenSessions"], script.Held().ActionNames);
        Assert.Equal(FloatingIPReportKind.Taken, script.Last<Report>().Kind);
    }

    [Fact]
    public void An_answer_to_the_probe_is_reported_and_the_lease_released_and_it_is_tried_again_later_and_later()
    {
        MachineScript script = new MachineScript().Begin(Lease(1, null)).Written(2, sent: 0);
        double expected = 2;
        for (int version = 3; version < 20; version += 2)
        {
            script.Send(now => new ProbeAnswered(now, script.Last<ProbeAddress>().Operation, "02:42:ac:11:00:02 on eth0"));
            Assert.Equal(FloatingIPReportKind.AddressInUse, script.Last<Report>().Kind);
            Assert.Contains("02:42:ac:11:00:02", script.Last<Report>().Message, StringComparison.Ordinal);
            double answered = script.Now;
            script.Removed();
            Assert.Equal((LeaseWrite.Release, $"{version - 1}"), (script.Last<WriteLease>().Write, script.Last<WriteLease>().Base!.Metadata.ResourceVersion));
            script.Written(version, sent: script.Now, holder: null);
            int writes = script.Count<WriteLease>();
            Assert.Equal(writes, script.GoTo(answered + expected - 0.001).Count<WriteLease>());
            Assert.Equal(writes + 1, script.GoTo(answered + expected).Count<WriteLease>());
            script.Written(version + 1, sent: script.Now);
            expected = Math.Min(60, 2 * expected);
        }

        Assert.Equal(0, script.Count<HoldAddress>());
    }

    [Fact]
    public void It_renews_every_two_seconds_with_the_version_that_it_wrote()
    {
        MachineScript script = new MachineScript().BeginUp();
        for (int renewal = 1; renewal < 10; renewal++)
        {
            int writes = script.Count<WriteLease>();
            Assert.Equal(writes, script.GoTo((2 * renewal) - 0.001).Count<WriteLease>());
            Assert.Equal(writes + 1, script.GoTo(2 * renewal).Count<WriteLease>());
            Assert.Equal($"{renewal + 1}", script.Last<WriteLease>().Base!.Metadata.ResourceVersion);
            script.GoTo((2 * renewal) + 0.5).Written(renewal + 2, sent: 2 * renewal).Held();
        }
    }

    [Fact]
    public void It_counts_from_just_before_sending_the_last_renewal_that_succeeded()
    {
        // Sent at 2 s, answered at 5 s, no further one succeeds: 14 s, not 17, with half a second to say goodbye.
        MachineScript script = new MachineScript().BeginUp().GoTo(5).Written(3, sent: 2).Held();
        GoToWithoutStore(script, 13.499);
        Assert.Equal(0, script.Count<CloseSessions>());
        GoToWithoutStore(script, 13.5);
        Assert.Equal(1, script.Count<CloseSessions>());
    }

    [Fact]
    public void Before_the_drop_time_it_closes_the_sessions_gracefully_while_the_address_is_there_and_then_removes_it()
    {
        MachineScript script = new MachineScript().BeginUp();
        GoToWithoutStore(script, 11.499);
        Assert.Equal(0, script.Count<CloseSessions>());
        Assert.Equal(["CloseSessions"], script.GoTo(11.5).ActionNames);
        Assert.Equal(SessionClosing.Graceful, script.Last<CloseSessions>().Closing);
        Assert.Equal(FloatingIPReportKind.Lost, script.Actions.OfType<Report>().Single().Kind);
        Assert.Equal(["RemoveAddress"], script.GoTo(11.6).Closed().ActionNames);
    }

    [Fact]
    public void At_the_drop_time_it_removes_the_address_also_when_the_sessions_are_not_closed()
    {
        MachineScript script = new MachineScript().BeginUp();
        GoToWithoutStore(script, 11.5);
        Assert.Empty(script.GoTo(11.999).Actions);
        Assert.Equal(["RemoveAddress"], script.GoTo(12).ActionNames);
    }

    [Fact]
    public void A_reply_that_comes_while_it_says_goodbye_counts_no_more()
    {
        MachineScript script = new MachineScript().BeginUp();
        GoToWithoutStore(script, 11);
        int renewal = script.Last<WriteLease>().Operation;
        script.GoTo(11.7).Send(now => new WriteSucceeded(now, renewal, At(11), Lease(3, "a")));
        Assert.Empty(script.Actions);
        Assert.Equal((FloatingIPPhase.Closing, null), (script.State.Phase, script.State.HeldFrom));
    }

    [Fact]
    public void Without_a_renewal_the_kernel_is_told_the_same_deadline_once_more_when_a_whole_second_is_left_of_it()
    {
        MachineScript script = new MachineScript().BeginUp();
        GoToWithoutStore(script, 10.899);
        Assert.Equal(1, script.Count<HoldAddress>());
        Assert.Contains("HoldAddress", script.GoTo(10.9).ActionNames);
        Assert.Equal(At(12), script.Last<HoldAddress>().Until);
        script.Held();
        GoToWithoutStore(script, 11.5);
        Assert.Equal((2, 1), (script.Count<HoldAddress>(), script.Count<CloseSessions>()));
    }

    [Fact]
    public void A_reply_that_comes_after_the_drop_never_brings_the_address_back()
    {
        MachineScript script = new MachineScript().BeginUp();
        GoToWithoutStore(script, 11);
        int renewal = script.Last<WriteLease>().Operation;
        Assert.NotNull(script.State.Store);
        script.GoTo(12).Removed();
        // It was sent a second ago, and still counts no more.
        script.GoTo(12.1).Send(now => new WriteSucceeded(now, renewal, At(11), Lease(3, "a")));
        Assert.Empty(script.Actions);
        Assert.Equal((FloatingIPPhase.Off, null), (script.State.Phase, script.State.HeldFrom));
    }

    [Fact]
    public void A_step_that_comes_late_drops_first_whatever_it_is_about()
    {
        // The process was stopped: the reply is handled before the tick that was due long ago.
        MachineScript script = new MachineScript().BeginUp().GoTo(2);
        TimeSpan late = At(80);
        script.Send(_ => new WriteSucceeded(late, script.Last<WriteLease>().Operation, At(2), Lease(3, "a")));
        Assert.Equal(["CloseSessions", "RemoveAddress"], script.ActionNames);
    }

    [Fact]
    public void An_answer_that_took_as_long_as_the_drop_time_counts_not_at_all()
    {
        MachineScript script = new MachineScript().Begin(Lease(1, null)).GoTo(12).Written(2, sent: 0);
        Assert.Equal(["WriteLease"], script.ActionNames);
        Assert.Equal("2", script.Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Fact]
    public void A_renewal_that_changed_nothing_does_not_count_because_nobody_saw_it()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(2).Written(2, sent: 2);
        Assert.Equal(At(0), script.State.HeldFrom);
    }

    [Fact]
    public void After_an_outage_a_lease_that_still_names_us_is_renewed_at_once_and_the_address_comes_back()
    {
        MachineScript script = new MachineScript().BeginUp();
        GoToWithoutStore(script, 30);
        script.Removed();
        GoToWithoutStore(script, 60);
        script.GoTo(61);
        Assert.Equal(LeaseWrite.Take, script.Last<WriteLease>().Write);
        Assert.Equal(["ProbeAddress"], script.Written(3, sent: 61).ActionNames);
        script.Clear();
        Assert.Equal(At(73), script.Last<HoldAddress>().Until);
    }

    [Fact]
    public void The_address_lives_until_the_drop_time_and_is_refreshed_only_after_a_renewal()
    {
        MachineScript script = new MachineScript().BeginUp();
        Assert.Equal(At(12), script.Last<HoldAddress>().Until);
        GoToWithoutStore(script, 4.2);
        Assert.Equal(1, script.Count<HoldAddress>());
        script.GoTo(5);
        script.Written(3, sent: 4.3);
        Assert.Equal(["HoldAddress"], script.ActionNames);
        Assert.Equal(At(16.3), script.Last<HoldAddress>().Until);
    }

    [Theory]
    [InlineData(11.000, true)]
    [InlineData(11.001, false)]
    public void With_less_than_a_second_left_it_is_not_added_before_the_next_renewal(double probed, bool added)
    {
        MachineScript script = new MachineScript().Begin(Lease(1, null)).Written(2, sent: 0);
        GoToWithoutStore(script, 10.9);
        script.GoTo(probed).Clear();
        Assert.Equal(added, script.Actions.OfType<HoldAddress>().Any());
        if (added) return;
        script.GoTo(11.9).Written(3, sent: 11);
        Assert.Equal(At(23), script.Last<HoldAddress>().Until);
    }

    [Fact]
    public void When_the_host_finds_too_little_time_left_the_next_renewal_decides()
    {
        MachineScript script = new MachineScript().Begin(Lease(1, null)).Written(2, sent: 0).Clear();
        script.Send(now => new AddressTooLate(now, script.Last<HoldAddress>().Operation));
        Assert.Equal((FloatingIPPhase.Ready, 1), (script.State.Phase, script.Count<HoldAddress>()));
        script.GoTo(2).Written(3, sent: 2);
        Assert.Equal(At(14), script.Last<HoldAddress>().Until);
        Assert.Equal(["AnnounceAddress", "OpenSessions"], script.Held().ActionNames);
    }

    [Fact]
    public void A_lease_that_names_another_takes_the_address_off_at_once()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(2).Conflict();
        Assert.Equal(["ReadLease"], script.ActionNames);
        Assert.Equal(["CloseSessions", "RemoveAddress"], script.Read(Lease(9, "b")).ActionNames);
    }

    [Fact]
    public void A_conflict_with_its_own_lost_answer_costs_nothing()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(2).WriteFails().GoTo(3).Conflict().Read(Lease(3, "a"));
        Assert.Equal("3", script.Last<WriteLease>().Base!.Metadata.ResourceVersion);
        script.Written(4, sent: 3);
        Assert.Equal((FloatingIPPhase.Up, At(3)), (script.State.Phase, script.State.HeldFrom));
    }

    [Fact]
    public void A_lease_that_was_deleted_under_its_holder_takes_the_address_off_at_once()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(2).Conflict();
        Assert.Equal(["CloseSessions", "RemoveAddress"], script.Read(null).ActionNames);
        Assert.Equal(LeaseWrite.Create, script.Removed().Last<WriteLease>().Write);
    }

    [Fact]
    public void A_host_that_refuses_costs_the_lease_until_it_is_tried_again()
    {
        MachineScript script = new MachineScript().Begin(Lease(1, null)).Written(2, sent: 0).Clear();
        script.Send(now => new HostFailed(now, script.Last<HoldAddress>().Operation, "Operation not permitted"));
        Assert.Equal(["RemoveAddress"], script.ActionNames);
        Assert.Equal(LeaseWrite.Release, script.Removed().Last<WriteLease>().Write);
    }

    [Fact]
    public void A_refresh_that_fails_until_the_kernel_has_removed_the_address_gives_it_up()
    {
        MachineScript script = new MachineScript().BeginUp();
        for (int second = 2; second < 12; second += 2)
        {
            script.GoTo(second).Written(1 + (second / 2) + 1, sent: second);
            script.Send(now => new HostFailed(now, script.Last<HoldAddress>().Operation, "no memory"));
            Assert.Equal(FloatingIPPhase.Up, script.State.Phase);
        }

        script.GoTo(12);
        Assert.Equal(FloatingIPPhase.Closing, script.State.Phase);
    }

    private static void GoToWithoutStore(MachineScript script, double seconds)
    {
        for (double second = script.Now + 0.5; second < seconds; second += 0.5)
        {
            script.GoTo(second);
            // An answer takes half a second, and says no.
            if (script.State.Store is { Write: not null }) script.WriteFails();
        }

        script.GoTo(seconds);
    }
}
