using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control.Observation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using Microsoft.Extensions.Time.Testing;

namespace BgpLoadBalancer.Cluster.Tests.Control.Observation;

public sealed class ReflectorTests
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task A_watch_that_is_refused_each_time_is_asked_for_less_and_less_often()
    {
        FakeTimeProvider time = new();
        WatchedTime watched = new(time, limitsCount: false);
        using FaultyStore store = new(Stores.Empty()) { WatchFault = new ClusterStoreException(StoreError.Forbidden, "You may not watch.") };
        Sink sink = new(time);
        using CancellationTokenSource ending = new();
        Task running = Task.Run(() => new Reflector<ServiceResource>(store, null, sink, watched, new Random(1)).RunAsync(ending.Token), Stores.Token);
        while (sink.Lists.Count < 15)
        {
            await Stores.TrueAsync(() => watched.WaitsFor(Reflector<ServiceResource>.LongestWait));
            time.Advance(s_step);
        }

        TimeSpan expected = Reflector<ServiceResource>.FirstWait;
        foreach ((DateTimeOffset before, DateTimeOffset list) in sink.Lists.Zip(sink.Lists.Skip(1)))
        {
            Assert.InRange(list - before, expected / 2, expected + s_step);
            expected = expected * 2 > Reflector<ServiceResource>.LongestWait ? Reflector<ServiceResource>.LongestWait : expected * 2;
        }

        Assert.InRange(sink.Interruptions, 14, 15);
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private sealed class Sink(TimeProvider time) : IResourceSink<ServiceResource>
    {
        public List<DateTimeOffset> Lists { get; } = [];

        public int Interruptions { get; private set; }

        public void Replace(ImmutableArray<ServiceResource> all) => Lists.Add(time.GetUtcNow());

        public void Change(ResourceChange<ServiceResource> change) => Assert.Fail("Nothing changes.");

        public void Interrupt(Exception reason) => Interruptions++;
    }
}
