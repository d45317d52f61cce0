namespace BgpLoadBalancer.Node.Tests.Simulation;

/// <summary>What is to happen, in the order of a time that nobody in the simulation can see.</summary>
internal sealed class EventQueue
{
    // A schedule takes some thousands.
    private const int MostEvents = 200_000;

    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _queue = new();
    private long _number;

    public TimeSpan Now { get; private set; }

    public void At(TimeSpan at, Action action) => _queue.Enqueue(action, (at > Now ? at : Now, ++_number));

    public void After(TimeSpan delay, Action action) => At(Now + delay, action);

    /// <exception cref="InvalidOperationException">Time does not go on: something happens over and over at one moment.</exception>
    public void RunUntil(TimeSpan end)
    {
        int events = 0;
        while (_queue.TryPeek(out _, out (TimeSpan At, long Number) next) && next.At <= end)
        {
            if (++events > MostEvents) throw new InvalidOperationException($"More than {MostEvents} events by {Now}.");
            Action action = _queue.Dequeue();
            Now = next.At;
            action();
        }

        Now = end;
    }
}
