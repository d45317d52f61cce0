using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Node.FloatingIPs;
using static BgpLoadBalancer.Node.Tests.FloatingIPs.MachineScript;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>"Taking": named, and the lease free, or one version of it unchanged for its whole duration; with that version; never by wall clocks.</summary>
public sealed class TakingTests
{
    [Theory]
    [InlineData(FloatingIPPlacement.Elsewhere)]
    [InlineData(FloatingIPPlacement.Gone)]
    [InlineData(FloatingIPPlacement.Unknown)]
    public void An_agent_that_is_not_named_takes_nothing(FloatingIPPlacement placement)
    {
        MachineScript script = new();
        script.Place(placement).Watch(Lease(1, null)).GoTo(100);
        Assert.Equal(0, script.Count<WriteLease>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_free_lease_is_taken_at_once_with_its_version(string? nobody)
    {
        MachineScript script = new MachineScript().Begin(Lease(7, nobody));
        WriteLease write = Assert.IsType<WriteLease>(Assert.Single(script.Actions));
        Assert.Equal((LeaseWrite.Take, "7"), (write.Write, write.Base!.Metadata.ResourceVersion));
    }

    [Fact]
    public void A_version_is_taken_when_it_was_seen_unchanged_for_the_whole_duration_and_not_before()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b"));
        for (double second = 1; second < 15; second++) Look(script, second, Lease(7, "b"));
        script.GoTo(14.999);
        Assert.Equal(0, script.Count<WriteLease>());
        script.GoTo(15);
        Assert.Equal("7", script.Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Fact]
    public void Another_version_starts_the_count_anew()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b")).GoTo(10).Watch(Lease(8, "b"));
        Look(script, 10, Lease(8, "b"));
        for (double second = 11; second < 25; second++) Look(script, second, Lease(8, "b"));
        script.GoTo(24.999);
        Assert.Equal(0, script.Count<WriteLease>());
        script.GoTo(25);
        Assert.Equal("8", script.Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(5, 15)]
    [InlineData(0, 15)]
    public void The_duration_is_the_one_that_the_lease_states_and_at_least_ours(int stated, double expected)
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b", stated));
        for (double second = 1; second < expected; second++) Look(script, second, Lease(7, "b", stated));
        script.GoTo(expected - 0.001);
        Assert.Equal(0, script.Count<WriteLease>());
        script.GoTo(expected);
        Assert.Equal(1, script.Count<WriteLease>());
    }

    [Fact]
    public void A_store_that_is_away_does_not_stop_the_count_because_the_write_names_the_version()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b"));
        for (double second = 2; second < 60; second++)
        {
            script.GoTo(second);
            if (script.State.Store is { Write: null }) script.Send(now => new StoreFailed(now, script.Last<ReadLease>().Operation, "away"));
            if (script.Count<WriteLease>() > 0) break;
        }

        Assert.InRange(script.Now, 15, 16);
        Assert.Equal("7", script.Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Fact]
    public void After_a_restart_the_count_begins_at_zero()
    {
        // Another process began it; this one knows nothing of that, whatever the lease says.
        MachineScript script = new();
        script.GoTo(1_000).Place(FloatingIPPlacement.Here).Read(Lease(7, "b", renewed: DateTimeOffset.UnixEpoch)).Removed();
        Look(script, 1_014, Lease(7, "b"));
        Assert.Equal(0, script.Count<WriteLease>());
        Assert.Equal(1, script.GoTo(1_015).Count<WriteLease>());
    }

    [Fact]
    public void After_a_conflict_the_count_begins_again()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b")).GoTo(2).Read(Lease(7, "b"));
        for (double second = 3; second < 15; second++) Look(script, second, Lease(7, "b"));
        script.GoTo(15).Conflict();
        Assert.IsType<ReadLease>(Assert.Single(script.Actions));
        script.Read(Lease(7, "b"));
        for (double second = 16; second < 30; second++) Look(script, second, Lease(7, "b"));
        Assert.Equal(1, script.GoTo(29.999).Count<WriteLease>());
        Assert.Equal(2, script.GoTo(30).Count<WriteLease>());
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(0)]
    [InlineData(100)]
    public void Wall_clocks_are_never_compared(int years)
    {
        LeaseResource lease = Lease(7, "b", renewed: DateTimeOffset.UnixEpoch.AddYears(56 + (years / 2)));
        MachineScript script = new MachineScript().Begin(lease);
        for (double second = 1; second < 15; second++) Look(script, second, lease);
        Assert.Equal(0, script.GoTo(14.999).Count<WriteLease>());
        Assert.Equal(1, script.GoTo(15).Count<WriteLease>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void A_lease_that_names_this_node_is_renewed_at_once(double seen)
    {
        MachineScript script = new();
        script.GoTo(seen).Place(FloatingIPPlacement.Here).Read(Lease(7, "a"));
        WriteLease write = Assert.IsType<WriteLease>(Assert.Single(script.Actions));
        Assert.Equal((LeaseWrite.Take, "7"), (write.Write, write.Base!.Metadata.ResourceVersion));
        // What a predecessor left stays, until it is made ours.
        Assert.IsType<ProbeAddress>(Assert.Single(script.Written(8, sent: seen).Actions));
    }

    [Fact]
    public void An_absent_lease_may_have_been_deleted_under_its_holder_so_it_is_created_for_nobody_and_taken_after_its_duration()
    {
        MachineScript script = new MachineScript().Begin(null);
        WriteLease create = Assert.IsType<WriteLease>(Assert.Single(script.Actions));
        Assert.Equal((LeaseWrite.Create, null), (create.Write, create.Base));
        script.GoTo(1).Written(1, sent: 0, holder: LeaseRecord.Unclaimed);
        for (double second = 2; second < 16; second++) Look(script, second, Lease(1, LeaseRecord.Unclaimed));
        Assert.Equal(1, script.GoTo(15.999).Count<WriteLease>());
        script.GoTo(16);
        Assert.Equal((LeaseWrite.Take, "1"), (script.Last<WriteLease>().Write, script.Last<WriteLease>().Base!.Metadata.ResourceVersion));
    }

    [Fact]
    public void What_a_predecessor_left_is_removed_before_another_nodes_lease_is_waited_for()
    {
        MachineScript script = new MachineScript().Place(FloatingIPPlacement.Here).Read(Lease(7, "b"));
        Assert.Contains(script.Actions, action => action is RemoveAddress);
    }

    [Fact]
    public void An_agent_that_is_not_named_counts_what_it_hears_so_it_need_not_wait_when_it_is()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b"), FloatingIPPlacement.Elsewhere).GoTo(3).Watch(Lease(8, "b"));
        Assert.Equal(0, script.GoTo(17.9).Place(FloatingIPPlacement.Here).Read(Lease(8, "b")).Count<WriteLease>());
        Assert.Equal("8", script.GoTo(18).Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Fact]
    public void What_is_heard_while_the_lease_is_read_makes_it_be_read_again()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b")).GoTo(2).Watch(Lease(8, null));
        Assert.IsType<ReadLease>(Assert.Single(script.Read(Lease(7, "b")).Actions));
        Assert.Equal("8", script.Read(Lease(8, null)).Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Fact]
    public void What_is_heard_while_the_lease_is_held_may_be_old_and_does_not_count()
    {
        MachineScript script = new MachineScript().BeginUp().Watch(Lease(1, "b")).Watch(null);
        Assert.Empty(script.Actions);
        Assert.Equal("2", script.GoTo(2).Last<WriteLease>().Base!.Metadata.ResourceVersion);
    }

    [Fact]
    public void Waiting_is_reported_once_for_each_holder()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b"));
        for (double second = 1; second < 10; second++) Look(script, second, Lease(7 + (int)second, "b"));
        for (double second = 10; second < 15; second++) Look(script, second, Lease(7 + (int)second, "c"));
        Assert.Equal(2, script.Count<Report>());
        Assert.StartsWith("c has the lease", script.Last<Report>().Message, StringComparison.Ordinal);
    }

    private static void Look(MachineScript script, double second, LeaseResource? lease)
    {
        script.GoTo(second);
        if (script.State.Store is { Write: null }) script.Read(lease);
    }
}
