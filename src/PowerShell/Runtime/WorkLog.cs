using System.Collections.Immutable;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>The last things that a control loop has said, oldest first. Thread-safe.</summary>
internal sealed class WorkLog(TimeProvider timeProvider)
{
    private const int Most = 200;

    private readonly Lock _sync = new();
    private readonly Queue<BgpWorkEvent> _events = new(Most);

    public ImmutableArray<BgpWorkEvent> Events
    {
        get
        {
            lock (_sync) return [.. _events];
        }
    }

    public void Add(ControlEvent said)
    {
        lock (_sync)
        {
            if (_events.Count == Most) _events.Dequeue();
            _events.Enqueue(new(timeProvider.GetUtcNow(), said));
        }
    }
}
