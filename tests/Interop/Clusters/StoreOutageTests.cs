using System.Net;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Interop.Tests.Lab;
using BgpLoadBalancer.Interop.Tests.Speakers;

namespace BgpLoadBalancer.Interop.Tests.Clusters;

/// <summary>The store is away for a while (R24), with the durations that users have.</summary>
public sealed class StoreOutageTests(ITestOutputHelper output)
{
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Eight_seconds_are_not_noticed_and_sixty_cost_floating_IPs_for_a_while()
    {
        await using ClusterLab lab = await ClusterLab.CreateAsync(ClusterTimings.Defaults);
        LabProcess advertiser = await StartAdvertiserAsync(lab);
        int[] holders = [.. ClusterResources.FloatingIPs.Select(lab.HolderOf)];
        DateTimeOffset?[] established = await EstablishedTimesAsync(lab);

        await AwayAsync(lab, TimeSpan.FromSeconds(8));
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal(holders, ClusterResources.FloatingIPs.Select(lab.HolderOf));
        Assert.All(ClusterResources.FloatingIPs, floatingIP => Assert.All(lab.Addresses.Of(floatingIP), happened => Assert.True(happened.Came)));
        Assert.Equal(established, await EstablishedTimesAsync(lab));
        await lab.AssertNothingFailedAsync(output, "store away for 8 s", sameNextHops: true);

        DateTime left = DateTime.UtcNow;
        await AwayAsync(lab, TimeSpan.FromSeconds(60), () => AssertRoutesAreKeptAsync(lab));
        DateTime back = DateTime.UtcNow;
        foreach (IPAddress floatingIP in ClusterResources.FloatingIPs)
        {
            AddressEvent gone = lab.Addresses.Of(floatingIP).First(happened => happened.Time > left && !happened.Came);
            // From the last renewal, which was at most a renewal period before; the kernel may be a second late.
            Assert.InRange(gone.Time - left, TimeSpan.FromSeconds(ClusterTimings.Defaults.Drop - ClusterTimings.Defaults.Renew - 1), TimeSpan.FromSeconds(ClusterTimings.Defaults.Drop + 1.5));
            await lab.HeldAsync(floatingIP, _ => true, BackWithin);
        }

        await lab.EstablishedAsync(BackWithin);
        output.WriteLine($"all sessions are back {(DateTime.UtcNow - back).TotalSeconds:0.0} s after the store");
        Assert.InRange(DateTime.UtcNow - back, TimeSpan.Zero, BackWithin);
        await lab.AssertNothingFailedAsync(output, "store away for 60 s", sameNextHops: true);
        foreach (IPAddress floatingIP in ClusterResources.FloatingIPs) lab.Addresses.AssertNeverTwo(floatingIP);
        // What nobody could report for so long the leader calls unknown, until it is reported again.
        await Eventually.BecomesAsync("the control-plane sessions are reported", lab.ControlPlaneSessionsAsync, AreEstablished, TimeSpan.FromSeconds(20), lab.Log);
        Assert.DoesNotContain("\"old\":\"BGP_FSM_ESTABLISHED\"", advertiser.ReadLog(), StringComparison.Ordinal);
    }

    // Those of the one node that has a bgpadvertiser; of the others it is said that nobody answers.
    private static bool AreEstablished(IReadOnlyList<BgpSessionResource> sessions) =>
        sessions.Where(session => session.NodeName == ClusterResources.NodeName(0)).Select(session => session.Status?.State).SequenceEqual(["Established", "Established"])
        && sessions.Count(session => session.Status is { State: BgpSessionStatus.Unknown }) == 4;

    private static async Task AwayAsync(ClusterLab lab, TimeSpan time, Func<Task>? meanwhile = null)
    {
        await lab.Server.PauseAsync();
        Task over = Task.Delay(time, TestContext.Current.CancellationToken);
        if (meanwhile is not null) await meanwhile();
        await over;
        lab.Server.Resume();
    }

    // Whom nobody said goodbye to believes in the session for a whole hold time, and forgets the routes then.
    private static async Task AssertRoutesAreKeptAsync(ClusterLab lab)
    {
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        foreach (Routers.Router router in lab.Routers)
        {
            foreach (IPAddress floatingIP in ClusterResources.FloatingIPs)
            {
                Assert.False((await router.GetSessionAsync(floatingIP)).Established, $"{router.GetType().Name} still has its session with {floatingIP}.\n{lab.Log()}");
            }
        }

        await lab.RoutedAsync(Enumerable.Range(0, ClusterLab.NodeCount), TimeSpan.FromSeconds(5));
    }

    private static async Task<LabProcess> StartAdvertiserAsync(ClusterLab lab)
    {
        string file = lab.Agents[0].AdvertiserConfig;
        await Eventually.BecomesAsync("the agent has written bgpadvertiser's configuration", () => Task.FromResult(File.Exists(file)), there => there, TimeSpan.FromSeconds(15), lab.Log);
        LabProcess advertiser = lab.StartOn(0, "bgpadvertiser.log", BuildOutput.Advertiser, "--config", file, "--advertise-ip", ClusterResources.ControlPlaneVip.ToString());
        foreach (Routers.Router router in lab.Routers)
        {
            await Eventually.BecomesAsync("the control-plane session is up", () => router.GetSessionAsync(RouterLab.NodeAddress(0)), session => session.Established, TimeSpan.FromSeconds(15), advertiser.ReadLog);
        }

        return advertiser;
    }

    private static async Task<DateTimeOffset?[]> EstablishedTimesAsync(ClusterLab lab)
    {
        (IReadOnlyList<BgpSessionResource> sessions, _) = await Eventually.BecomesAsync("all sessions are reported as Established", lab.SessionsAsync, sessions => sessions.Count == 4 && sessions.All(session => session.Status is { State: "Established" }), TimeSpan.FromSeconds(20), lab.Log);
        return [.. sessions.OrderBy(session => session.Metadata.Name, StringComparer.Ordinal).Select(session => session.Status!.EstablishedTime)];
    }
}
