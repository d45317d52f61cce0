using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Session;

/// <summary>Message counts of one direction, with the time of the last of each type.</summary>
internal sealed class MessageCounts(TimeProvider time)
{
    private readonly long[] _counts = new long[(int)BgpMessageType.RouteRefresh + 1];
    private readonly DateTimeOffset[] _last = new DateTimeOffset[(int)BgpMessageType.RouteRefresh + 1];

    public void Add(BgpMessageType type, long count = 1)
    {
        if (count == 0) return;
        _counts[(int)type] += count;
        _last[(int)type] = time.GetUtcNow();
    }

    public BgpMessageCounters ToCounters() => new(
        Counter(BgpMessageType.Open),
        Counter(BgpMessageType.Update),
        Counter(BgpMessageType.Notification),
        Counter(BgpMessageType.Keepalive),
        Counter(BgpMessageType.RouteRefresh));

    private BgpMessageCounter Counter(BgpMessageType type) =>
        new(_counts[(int)type], _counts[(int)type] == 0 ? null : _last[(int)type]);
}
