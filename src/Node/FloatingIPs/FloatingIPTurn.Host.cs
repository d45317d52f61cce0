namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>What is done on the host and with the sessions.</summary>
internal sealed partial class FloatingIPTurn
{
    private void ApplyOfHost(FloatingIPEvent e)
    {
        if (_state.Host is not { } order) return;
        switch (e)
        {
            case ProbeClear clear when clear.Operation == order.Number:
                Enter(FloatingIPPhase.Ready, "nobody else has the address");
                break;
            case ProbeAnswered answer when answer.Operation == order.Number:
                BackOff(FloatingIPReportKind.AddressInUse, $"The address is in use by {answer.Owner}, so it is not added");
                break;
            case AddressHeld held when held.Operation == order.Number:
                Held(order);
                break;
            case AddressTooLate late when late.Operation == order.Number:
                Enter(_state.Phase == FloatingIPPhase.Adding ? FloatingIPPhase.Ready : _state.Phase, "less than a second was left for the address");
                break;
            case HostFailed failed when failed.Operation == order.Number:
                Failed(failed.Cause.TrimEnd('.'));
                break;
            case AddressRemoved removed when removed.Operation == order.Number:
                _state = _state with { OnUntil = null, TriedUntil = null };
                Enter(FloatingIPPhase.Off, "the address is removed");
                break;
            case SessionsClosed closed when closed.Operation == order.Number:
                Closed("the sessions are closed");
                break;
        }
    }

    private void Held(HostOperation order)
    {
        bool added = _state.Phase == FloatingIPPhase.Adding;
        _state = _state with { OnUntil = order.Until, Refusals = 0 };
        Enter(FloatingIPPhase.Up, added ? "the address is added" : "the address's lifetime is refreshed");
        if (!added) return;
        _state = _state with { InheritsSessions = false };
        Tell(FloatingIPReportKind.Taken, "It is on this host now.");
        _actions.Add(new AnnounceAddress());
        _actions.Add(new OpenSessions());
    }

    private void Failed(string cause)
    {
        switch (_state.Phase)
        {
            case FloatingIPPhase.Probing or FloatingIPPhase.Adding:
                BackOff(FloatingIPReportKind.HostFailed, cause);
                break;
            case FloatingIPPhase.Removing when _state.Ending != FloatingIPEnding.None:
                Tell(FloatingIPReportKind.HostFailed, $"{cause}. The kernel removes it within {settings.Drop.TotalSeconds:0} s, and the lease runs out after that.");
                End(cause);
                break;
            case FloatingIPPhase.Removing:
                Tell(FloatingIPReportKind.HostFailed, $"{cause}. The lease is kept until it is removed.");
                _state = _state with { PhaseUntil = now + settings.Retry };
                break;
            default:
                Tell(FloatingIPReportKind.HostFailed, $"{cause}. Its lifetime is refreshed after the next renewal.");
                break;
        }

        _state = _state with { Host = null };
        Because(cause);
    }

    private void DecideHost()
    {
        switch (_state.Phase)
        {
            case FloatingIPPhase.Unknown when _state is { Placement: FloatingIPPlacement.Unknown, Ending: FloatingIPEnding.None }:
                break;
            case not (FloatingIPPhase.Up or FloatingIPPhase.Closing or FloatingIPPhase.Removing or FloatingIPPhase.Ended) when IsLeaving:
                End("left to the successor");
                break;
            case FloatingIPPhase.Unknown when !IsWanted || _state.Lease is { } lease && lease.Holder != node:
                Remove();
                break;
            case FloatingIPPhase.Unknown or FloatingIPPhase.Off when IsWanted && DropAt is not null:
                _state = _state with { TriedUntil = null };
                _actions.Add(new ProbeAddress(Order(FloatingIPPhase.Probing)));
                break;
            case FloatingIPPhase.Probing or FloatingIPPhase.Ready or FloatingIPPhase.Adding when !IsWanted:
                Remove();
                break;
            case FloatingIPPhase.Ready:
                Hold(FloatingIPPhase.Adding);
                break;
            case FloatingIPPhase.Up:
                DecideUp();
                break;
            case FloatingIPPhase.Closing:
                if (_state.PhaseUntil <= now) Closed("the sessions took too long to close");
                else Wake(_state.PhaseUntil);
                break;
            case FloatingIPPhase.Removing when _state.Host is null:
                if (_state.PhaseUntil <= now) Remove();
                else Wake(_state.PhaseUntil);
                break;
        }
    }

    // Who goes on from this address, here or on another node, confirms the routes that routers keep meanwhile (R24). Only when nobody will, they are withdrawn.
    private SessionClosing Closing => _state.Ending == FloatingIPEnding.Stop || _state.Placement == FloatingIPPlacement.Gone ? SessionClosing.Withdraw : SessionClosing.Graceful;

    private void DecideUp()
    {
        if (IsWanted && _state.OnUntil <= now) BackOff(FloatingIPReportKind.HostFailed, "The address's lifetime could not be refreshed in time, so the kernel has removed it");
        if (!IsWanted)
        {
            Tell(FloatingIPReportKind.Released, IsLeaving ? "It is left to the successor." : $"It is given up{(Closing == SessionClosing.Withdraw ? "" : ", and routers keep its routes")}.");
            _state = _state with { PhaseUntil = now + settings.CloseLimit };
            Wake(_state.PhaseUntil);
            _actions.Add(new CloseSessions(Order(FloatingIPPhase.Closing), Closing));
        }
        else if (DropAt!.Value - FloatingIPSettings.Goodbye is { } goodbye && goodbye <= now)
        {
            SayGoodbye();
        }
        else
        {
            Wake(goodbye);
            Wake(_state.OnUntil);
            if (_state.Host is null) Hold(FloatingIPPhase.Up);
        }
    }

    /// <summary>The drop time is near, and there was no renewal. One that is answered from now on counts no more.</summary>
    private void SayGoodbye()
    {
        string why = Silence();
        Because(why);
        Tell(FloatingIPReportKind.Lost, $"{why}: its sessions are closed without withdrawal, and it is removed from this host.");
        _state = _state with { PhaseUntil = DropAt, HeldFrom = null, Store = null, RetryAt = null };
        Wake(_state.PhaseUntil);
        _actions.Add(new CloseSessions(Order(FloatingIPPhase.Closing), SessionClosing.Graceful));
    }

    /// <summary>Once for each renewal, a second time when the next one does not come, and only if the kernel can be given a lifetime that ends by the drop time.</summary>
    private void Hold(FloatingIPPhase phase)
    {
        TimeSpan until = DropAt!.Value;
        if (Deadline.WholeSeconds(until - now) is null) return;
        bool again = until <= _state.TriedUntil;
        if (again)
        {
            if (phase != FloatingIPPhase.Up || until <= _state.ToldAgainUntil) return;
            if (until - now > FloatingIPSettings.ToldAgain)
            {
                Wake(until - FloatingIPSettings.ToldAgain);
                return;
            }
        }

        _actions.Add(new HoldAddress(Order(phase, until), until));
        _state = again ? _state with { ToldAgainUntil = until } : _state with { TriedUntil = until };
    }

    private void Closed(string why)
    {
        if (IsLeaving) End(why);
        else Remove();
    }

    private void Remove()
    {
        if (_state.InheritsSessions) _actions.Add(new CloseSessions(NextOperation(), Closing));
        _state = _state with { InheritsSessions = false };
        _actions.Add(new RemoveAddress(Order(FloatingIPPhase.Removing)));
    }

    private int Order(FloatingIPPhase phase, TimeSpan? until = null)
    {
        int number = NextOperation();
        _state = _state with { Phase = phase, Host = new(number, until) };
        return number;
    }

    private void Enter(FloatingIPPhase phase, string why)
    {
        _state = _state with { Phase = phase, Host = null };
        Because(why);
    }
}
