namespace BgpLoadBalancer.Bench.Contenders;

/// <summary>
/// A speaker in a process of its own with one session to the receiver. The commands only send; what they did is seen at the
/// receiver.
/// </summary>
internal interface ISender : IDisposable
{
    int ProcessId { get; }

    /// <summary>Announces the whole workload.</summary>
    void Inject();

    /// <summary>Withdraws the whole workload.</summary>
    void Withdraw();

    /// <summary>Announces or withdraws <see cref="Workload.ExtraPrefix"/>.</summary>
    void Change(bool announce);
}
