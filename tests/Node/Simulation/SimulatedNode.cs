using BgpLoadBalancer.Node.FloatingIPs;

namespace BgpLoadBalancer.Node.Tests.Simulation;

internal enum ProcessState
{
    Running,

    /// <summary>SIGSTOP: no step, but time goes on, and so does what others do.</summary>
    Stopped,
    Dead,
}

/// <summary>A node: a clock of its own, an interface, and at most one agent process, which steps the state machine and nothing else.</summary>
internal sealed class SimulatedNode
{
    private readonly SimulatedWorld _world;
    private readonly FloatingIPMachine _machine;
    private readonly double _speed;
    private readonly TimeSpan _zero;
    private readonly Queue<Func<TimeSpan, FloatingIPEvent>> _inbox = new();
    private readonly SimulatedActions _actions;
    private int _timer;

    public SimulatedNode(SimulatedWorld world, SimulatedStore store, string name)
    {
        _world = world;
        Name = name;
        _speed = 1 + (SimulatedWorld.Drift * ((2 * world.Random.NextDouble()) - 1));
        _zero = world.Between(-1_000_000, 1_000_000);
        _machine = new(name, world.Settings);
        Kernel = new(world, name, _speed);
        _actions = new(world, store, this);
    }

    /// <summary>After the process ended by itself.</summary>
    public event Action<SimulatedNode>? Ended;

    public event Action<SimulatedNode, TimeSpan, LeaseWrite>? Committed
    {
        add => _actions.Committed += value;
        remove => _actions.Committed -= value;
    }

    public string Name { get; }

    public SimulatedKernel Kernel { get; }

    public ProcessState Process { get; private set; } = ProcessState.Dead;

    /// <summary>Counts the processes; what was sent to an earlier one is lost.</summary>
    public int Incarnation { get; private set; }

    /// <summary>Reaches the store, and hears the controller.</summary>
    public bool Connected { get; set; } = true;

    public FloatingIPState State { get; private set; } = FloatingIPState.Initial;

    /// <summary>By the node's monotonic clock.</summary>
    public TimeSpan Clock => _zero + (_world.Queue.Now * _speed);

    /// <summary>The true time of an instant of the node's clock.</summary>
    public TimeSpan True(TimeSpan clock) => (clock - _zero) / _speed;

    public void Start()
    {
        if (Process != ProcessState.Dead) return;
        _world.Note(Name, $"PROCESS started");
        Incarnation++;
        State = FloatingIPState.Initial;
        Process = ProcessState.Running;
    }

    public void Kill()
    {
        if (Process == ProcessState.Dead) return;
        _world.Note(Name, $"PROCESS killed");
        Die();
    }

    public void Freeze()
    {
        if (Process != ProcessState.Running) return;
        _world.Note(Name, $"PROCESS stopped");
        Process = ProcessState.Stopped;
    }

    public void Thaw()
    {
        if (Process != ProcessState.Stopped) return;
        _world.Note(Name, $"PROCESS goes on");
        Process = ProcessState.Running;
        while (Process == ProcessState.Running && _inbox.TryDequeue(out Func<TimeSpan, FloatingIPEvent>? e)) Step(e(Clock));
        _actions.Resume();
    }

    /// <summary>Posts an event to a process, if it is still that one.</summary>
    public void Post(int incarnation, Func<TimeSpan, FloatingIPEvent> e)
    {
        if (incarnation != Incarnation || Process == ProcessState.Dead) return;
        if (Process == ProcessState.Stopped) _inbox.Enqueue(e);
        else Step(e(Clock));
    }

    private void Step(FloatingIPEvent e)
    {
        FloatingIPStep step = _machine.Step(State, e);
        State = step.State;
        _world.Note(Name, $"{e.GetType().Name} -> {State.Phase} ({step.Reason})");
        foreach (FloatingIPAction action in step.Actions)
        {
            if (action is not SetTimer) _world.Note(Name, $"    {action}");
            if (action is SetTimer timer) Set(timer.At);
            else _actions.Do(action);
        }

        if (State.Phase != FloatingIPPhase.Ended) return;
        _world.Note(Name, $"PROCESS ended");
        Die();
        Ended?.Invoke(this);
    }

    private void Set(TimeSpan? at)
    {
        int mine = ++_timer;
        int incarnation = Incarnation;
        if (at is { } due) _world.Queue.At(True(due) + TimeSpan.FromTicks(10), () => Ring(mine, incarnation));
    }

    private void Ring(int mine, int incarnation)
    {
        if (mine == _timer) Post(incarnation, now => new Tick(now));
    }

    private void Die()
    {
        Process = ProcessState.Dead;
        _inbox.Clear();
        _actions.Clear();
        _timer++;
    }
}
