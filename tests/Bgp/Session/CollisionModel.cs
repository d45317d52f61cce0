using BgpLoadBalancer.Bgp.Session;

namespace BgpLoadBalancer.Bgp.Tests.Session;

/// <summary>
/// Two peers that dial each other at the same time, in every order in which connections and messages can arrive. However it goes,
/// both end Established, on the same connection, without a timer's help.
/// </summary>
public class CollisionModel
{
    private const char Up = 'u';
    private const char Open = 'o';
    private const char Keepalive = 'k';
    private const char Notification = 'n';
    private const char End = 'e';

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void However_two_dials_cross_one_session_remains(bool gracefulRestart)
    {
        World start = new(new PeerState(true, true), new PeerState(true, true), "", "", "", "");
        start = Step(start, higher: true, new(FsmEventType.ManualStart));
        start = Step(start, higher: false, new(FsmEventType.ManualStart));
        Dictionary<World, World?> seen = new() { [start] = null };
        Stack<World> open = new([start]);
        int ends = 0;
        while (open.TryPop(out World world))
        {
            World[] next = [.. Next(world, gracefulRestart)];
            if (next.Length == 0)
            {
                ends++;
                Assert.True(world.Higher.State == BgpSessionState.Established && world.Lower.State == BgpSessionState.Established, Trace(world, seen));
                // What one dialled is what the other accepted.
                Assert.True((world.Higher.Outgoing == SlotState.Established) == (world.Lower.Incoming == SlotState.Established), Trace(world, seen));
            }

            foreach (World after in next.Where(after => seen.TryAdd(after, world))) open.Push(after);
        }

        Assert.True(ends > 0 && seen.Count > 100, $"{seen.Count} states, {ends} ends");
    }

    private static string Trace(World world, Dictionary<World, World?> seen)
    {
        List<string> steps = [];
        for (World? at = world; at is { } step; at = seen[step])
        {
            steps.Insert(0, $"higher {step.Higher.Outgoing}/{step.Higher.Incoming}, lower {step.Lower.Outgoing}/{step.Lower.Incoming}, on the way to higher '{step.ToHigherOnFirst}' '{step.ToHigherOnSecond}', to lower '{step.ToLowerOnFirst}' '{step.ToLowerOnSecond}'");
        }

        return string.Join('\n', steps);
    }

    // Queues are first in, first out: what is on its way to a side, on the connection that the side with the higher identifier
    // dialled (first) and on the other's.
    private readonly record struct World(PeerState Higher, PeerState Lower, string ToHigherOnFirst, string ToHigherOnSecond, string ToLowerOnFirst, string ToLowerOnSecond);

    private static IEnumerable<World> Next(World world, bool gracefulRestart)
    {
        foreach (bool higher in new[] { true, false })
        {
            foreach (bool first in new[] { true, false })
            {
                string queue = Queue(world, higher, first);
                if (queue.Length == 0) continue;
                World taken = With(world, higher, first, queue[1..]);
                PeerState state = higher ? world.Higher : world.Lower;
                ConnectionSlot slot = higher == first ? ConnectionSlot.Outgoing : ConnectionSlot.Incoming;
                FsmEvent e = queue[0] switch
                {
                    Up => new(slot == ConnectionSlot.Outgoing ? FsmEventType.TcpCRAcked : FsmEventType.TcpConnectionConfirmed, slot),
                    Open => new(FsmEventType.BgpOpen, slot)
                    {
                        Collision = higher ? CollisionVerdict.KeepOutgoing : CollisionVerdict.KeepIncoming,
                        MayReplaceEstablished = gracefulRestart && state[1 - slot] >= SlotState.OpenConfirm,
                    },
                    Keepalive => new(FsmEventType.KeepAliveMsg, slot),
                    Notification => new(FsmEventType.NotifMsg, slot) { IsCollisionCease = true },
                    _ => new(FsmEventType.TcpConnectionFails, slot),
                };
                yield return Step(taken, higher, e);
            }
        }
    }

    private static World Step(World world, bool higher, FsmEvent e)
    {
        PeerState before = higher ? world.Higher : world.Lower;
        FsmStep step = PeerStateMachine.Step(before, e);
        world = higher ? world with { Higher = step.State } : world with { Lower = step.State };
        foreach (FsmAction action in step.Actions)
        {
            bool first = higher == (action.Slot == ConnectionSlot.Outgoing);
            char? message = action.Type switch
            {
                FsmActionType.SendOpen => Open,
                FsmActionType.SendKeepalive => Keepalive,
                FsmActionType.SendNotification => Notification,
                // A dial that is given up before it is through is no connection to the other side either.
                FsmActionType.Close when before[action.Slot] > SlotState.Connecting || e.Type == FsmEventType.TcpCRAcked => End,
                _ => null,
            };
            if (message is { } sent) world = With(world, !higher, first, Queue(world, !higher, first) + sent);
            // The handshake ends for both; which of them hears of it first is open.
            if (action.Type == FsmActionType.Dial)
            {
                world = With(world, higher, first, Queue(world, higher, first) + Up);
                world = With(world, !higher, first, Queue(world, !higher, first) + Up);
            }

            // What is still on its way to a dial that was given up is never read, and the other side sees it end.
            if (action.Type == FsmActionType.Close && before[action.Slot] == SlotState.Connecting)
            {
                world = With(world, higher, first, "");
                world = With(world, !higher, first, Queue(world, !higher, first) + End);
            }
        }

        return world;
    }

    private static string Queue(World world, bool higher, bool first) => (higher, first) switch
    {
        (true, true) => world.ToHigherOnFirst,
        (true, false) => world.ToHigherOnSecond,
        (false, true) => world.ToLowerOnFirst,
        _ => world.ToLowerOnSecond,
    };

    private static World With(World world, bool higher, bool first, string queue) => (higher, first) switch
    {
        (true, true) => world with { ToHigherOnFirst = queue },
        (true, false) => world with { ToHigherOnSecond = queue },
        (false, true) => world with { ToLowerOnFirst = queue },
        _ => world with { ToLowerOnSecond = queue },
    };
}
