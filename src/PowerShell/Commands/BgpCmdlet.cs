using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>What every cmdlet has: a token that a stop cancels, and a way for asynchronous work to write.</summary>
public abstract class BgpCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private AsyncPump? _pump;

    /// <summary>Cancelled by Ctrl+C, by Select-Object -First, and whatever else stops the pipeline.</summary>
    private protected CancellationToken StopToken => _stopping.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected override void StopProcessing() => _stopping.Cancel();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _stopping.Dispose();
    }

    /// <summary>Runs asynchronous work to its end; it writes with <see cref="Post"/>.</summary>
    private protected void RunAsync(Func<Task> work)
    {
        using AsyncPump pump = new();
        _pump = pump;
        try
        {
            pump.Run(work, _stopping.Cancel);
        }
        finally
        {
            _pump = null;
        }
    }

    /// <summary>Runs on the pipeline's thread, in order.</summary>
    private protected void Post(Action action) => (_pump ?? throw new InvalidOperationException("Nothing runs.")).Post(action);
}
