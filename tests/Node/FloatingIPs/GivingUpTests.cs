using BgpLoadBalancer.Node.FloatingIPs;
using static BgpLoadBalancer.Node.Tests.FloatingIPs.MachineScript;

namespace BgpLoadBalancer.Node.Tests.FloatingIPs;

/// <summary>Moves, removals, stops and planned restarts: what is closed, removed and released, in which order.</summary>
public sealed class GivingUpTests
{
    [Fact]
    public void Moved_it_closes_gracefully_then_removes_then_releases()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1);
        Assert.Equal(["CloseSessions"], script.Place(FloatingIPPlacement.Elsewhere).ActionNames);
        Assert.Equal(SessionClosing.Graceful, script.Last<CloseSessions>().Closing);
        Assert.Equal(["RemoveAddress"], script.Closed().ActionNames);
        Assert.Equal(["WriteLease"], script.Removed().ActionNames);
        Assert.Equal((LeaseWrite.Release, "2"), (script.Last<WriteLease>().Write, script.Last<WriteLease>().Base!.Metadata.ResourceVersion));
        script.Written(3, sent: 1, holder: null).GoTo(100);
        Assert.Empty(script.Actions);
        Assert.Equal(FloatingIPPhase.Off, script.State.Phase);
    }

    [Fact]
    public void Sessions_that_do_not_close_are_not_waited_for_longer_than_the_limit()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).Place(FloatingIPPlacement.Elsewhere);
        Assert.Empty(script.GoTo(4.999).ActionNames);
        Assert.Equal(["RemoveAddress"], script.GoTo(5).ActionNames);
    }

    [Fact]
    public void The_lease_is_kept_until_the_address_is_removed()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).Place(FloatingIPPlacement.Elsewhere).Closed();
        script.Send(now => new HostFailed(now, script.Last<RemoveAddress>().Operation, "busy"));
        Assert.Equal(FloatingIPReportKind.HostFailed, script.Last<Report>().Kind);
        Assert.Equal(["RemoveAddress"], script.GoTo(2).ActionNames);
        Assert.Equal(LeaseWrite.Release, script.Removed().Last<WriteLease>().Write);
    }

    [Fact]
    public void A_release_that_was_not_answered_is_tried_again_and_the_lease_is_not_relied_on()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).Place(FloatingIPPlacement.Elsewhere).Closed().Removed();
        Assert.Null(script.State.HeldFrom);
        script.WriteFails().GoTo(2);
        Assert.Equal(["WriteLease"], script.ActionNames);
        script.Conflict().Read(Lease(3, null));
        Assert.Empty(script.GoTo(100).Actions);
    }

    [Fact]
    public void Named_again_while_it_was_given_up_it_takes_the_address_anew()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).Place(FloatingIPPlacement.Elsewhere).Place(FloatingIPPlacement.Here);
        Assert.Empty(script.Actions);
        Assert.Equal(["RemoveAddress"], script.Closed().ActionNames);
        Assert.Equal(["ProbeAddress"], script.Removed().ActionNames);
    }

    [Fact]
    public void Gone_from_the_cluster_it_withdraws_removes_and_deletes_the_lease()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).Place(FloatingIPPlacement.Gone);
        Assert.Equal(SessionClosing.Withdraw, script.Last<CloseSessions>().Closing);
        script.Closed().Removed();
        Assert.Equal((LeaseWrite.Delete, "2"), (script.Last<WriteLease>().Write, script.Last<WriteLease>().Base!.Metadata.ResourceVersion));
        script.Send(now => new WriteSucceeded(now, script.Last<WriteLease>().Operation, now, null));
        Assert.Equal(FloatingIPPhase.Ended, script.State.Phase);
    }

    [Fact]
    public void Stopped_it_withdraws_removes_and_releases()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).End(FloatingIPEnding.Stop);
        Assert.Equal(SessionClosing.Withdraw, script.Last<CloseSessions>().Closing);
        script.Closed().Removed();
        Assert.Equal(LeaseWrite.Release, script.Last<WriteLease>().Write);
        script.Written(3, sent: 1, holder: null);
        Assert.Equal((FloatingIPPhase.Ended, null), (script.State.Phase, script.State.Timer));
    }

    [Fact]
    public void Stopped_without_a_store_it_does_not_wait_for_one()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).End(FloatingIPEnding.Stop).Closed().Removed().WriteFails();
        Assert.Equal(FloatingIPPhase.Ended, script.State.Phase);
    }

    [Fact]
    public void Stopped_on_a_host_that_cannot_remove_it_leaves_that_to_the_kernel_and_the_lease_to_its_end()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).End(FloatingIPEnding.Stop).Closed();
        script.Send(now => new HostFailed(now, script.Last<RemoveAddress>().Operation, "busy"));
        Assert.Equal(FloatingIPPhase.Ended, script.State.Phase);
        Assert.Equal(LeaseWrite.Take, script.Last<WriteLease>().Write);
    }

    [Fact]
    public void A_planned_restart_leaves_the_address_and_the_lease_to_the_successor()
    {
        MachineScript script = new MachineScript().BeginUp().GoTo(1).End(FloatingIPEnding.PlannedRestart);
        Assert.Equal(SessionClosing.Graceful, script.Last<CloseSessions>().Closing);
        int writes = script.Count<WriteLease>();
        int removals = script.Count<RemoveAddress>();
        script.Closed();
        Assert.Equal((FloatingIPPhase.Ended, writes, removals), (script.State.Phase, script.Count<WriteLease>(), script.Count<RemoveAddress>()));
    }

    [Fact]
    public void A_successor_renews_and_takes_over_what_was_left_without_removing_it()
    {
        MachineScript script = new MachineScript().Place(FloatingIPPlacement.Here).Read(Lease(7, "a")).Written(8, sent: 0).Clear().Held();
        Assert.Equal((FloatingIPPhase.Up, 0), (script.State.Phase, script.Count<RemoveAddress>()));
    }

    [Fact]
    public void A_successor_that_is_not_named_removes_what_was_left_and_releases_the_lease()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "a"), FloatingIPPlacement.Elsewhere);
        Assert.Equal((LeaseWrite.Release, "7"), (script.Last<WriteLease>().Write, script.Last<WriteLease>().Base!.Metadata.ResourceVersion));
    }

    [Fact]
    public void Stopped_before_it_held_anything_it_ends_when_it_has_seen_that()
    {
        MachineScript script = new MachineScript().Begin(Lease(7, "b")).End(FloatingIPEnding.Stop);
        Assert.Equal((FloatingIPPhase.Ended, 0), (script.State.Phase, script.Count<WriteLease>()));
    }
}
