namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>For tests of what a controller writes down: a shell that is connected to an example, reconciled once.</summary>
public abstract class ReconciledExample : IDisposable
{
    private readonly ExampleClusters _clusters;

    protected ReconciledExample()
    {
        _clusters = new(Shell);
        _ = _clusters.Connect("separate-planes");
        _ = Shell.Run("Invoke-BgpReconciliation");
    }

    private protected Shell Shell { get; } = new();

    public void Dispose()
    {
        _clusters.Dispose();
        Shell.Dispose();
        GC.SuppressFinalize(this);
    }
}
