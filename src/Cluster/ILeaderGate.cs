namespace BgpLoadBalancer.Cluster;

/// <summary>Lets one of several candidates work at a time (R38).</summary>
public interface ILeaderGate
{
    /// <summary>Why it cannot even stand for election at the moment; null while it leads, and while another one leads.</summary>
    string? Problem { get; }

    /// <summary>
    /// Waits to lead, then runs the work. Its token is cancelled as soon as leading is no longer certain, and the gate waits for the work to
    /// end before it stands for election again. Returns when the work ends by itself.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/>; the lead is given back first.</exception>
    Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken);
}
