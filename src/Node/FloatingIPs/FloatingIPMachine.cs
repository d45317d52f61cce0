namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>What a step gives: the new state, what to do in this order, and what it was about, for people.</summary>
internal readonly record struct FloatingIPStep(FloatingIPState State, IReadOnlyList<FloatingIPAction> Actions, string Reason);

/// <summary>
/// One floating IP on one node (R19), as a pure function. No two nodes have the address at one time, because
/// <list type="bullet">
/// <item>a lease changes hands only by a write that names the version it replaces, so of two takers one fails;</item>
/// <item>whoever takes it from a silent holder has first seen one version unchanged for the whole duration. The holder sent that version before
/// it was seen, so its own count, which runs from just before sending, ended <see cref="FloatingIPSettings.Margin"/> earlier;</item>
/// <item>the kernel removes the address by the end of the holder's count, even when nothing else of the holder runs any more.</item>
/// </list>
/// Only lengths of time are compared, each on one clock: clocks need to run at like speed, and to agree on nothing else. The limits: a
/// machine that is suspended, and a process that is stopped in the instant between reading the clock and telling the kernel.
/// </summary>
internal sealed class FloatingIPMachine(string node, FloatingIPSettings settings)
{
    public FloatingIPStep Step(FloatingIPState state, FloatingIPEvent e) => new FloatingIPTurn(node, settings, state, e.At).Run(e);
}
