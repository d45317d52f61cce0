using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Bgp.Tests.Session;

/// <summary>
/// Runs the state machine over a script: a first line <c>dials listens</c>, then an event a line with its slot and flags, such as
/// <c>BgpOpen in keep-incoming</c>. Gives a line an event: the state with both slots, then the actions.
/// </summary>
internal static class MachineScript
{
    public static IEnumerable<string> Run(IEnumerable<string> script)
    {
        PeerState state = default;
        bool first = true;
        foreach (string line in script.Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (first)
            {
                state = new PeerState(words.Contains("dials"), words.Contains("listens"));
                first = false;
                continue;
            }

            FsmStep step = PeerStateMachine.Step(state, Parse(words));
            state = step.State;
            yield return $"{line} => {state.State} [{state.Outgoing}/{state.Incoming}{(state.IdleHold ? " idle-hold" : "")} failures={state.Failures} fast={state.FastRetry}]";
            foreach (FsmAction action in step.Actions) yield return "    " + Format(action);
        }
    }

    private static FsmEvent Parse(string[] words) => new(Enum.Parse<FsmEventType>(words[0]), words.Contains("in") ? ConnectionSlot.Incoming : ConnectionSlot.Outgoing)
    {
        Collision = words.Contains("keep-incoming") ? CollisionVerdict.KeepIncoming : CollisionVerdict.KeepOutgoing,
        MayReplaceEstablished = words.Contains("graceful-restart"),
        IsCollisionCease = words.Contains("collision"),
        Notification = words.FirstOrDefault(word => word.Contains('/')) is { } code
            ? new NotificationMessage((BgpErrorCode)byte.Parse(code.Split('/')[0]), byte.Parse(code.Split('/')[1]), ReadOnlyMemory<byte>.Empty)
            : null,
    };

    private static string Format(in FsmAction action) => action.Type switch
    {
        FsmActionType.StartTimer => $"StartTimer {action.Timer} {action.Length}",
        FsmActionType.StopTimer => $"StopTimer {action.Timer}",
        FsmActionType.SendNotification => $"SendNotification {action.Slot} {(byte)action.Notification!.Code}/{action.Notification.Subcode}",
        _ => $"{action.Type} {action.Slot}",
    };
}
