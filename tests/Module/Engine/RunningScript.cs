using System.Management.Automation;
using Pipeline = System.Management.Automation.PowerShell;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>A script that runs while the test goes on.</summary>
internal sealed class RunningScript : IDisposable
{
    /// <summary>After this, what a test waits for does not come.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Pipeline _shell;
    private readonly PSDataCollection<PSObject> _output = [];
    private readonly Task _running;

    public RunningScript(Pipeline shell)
    {
        _shell = shell;
        _running = shell.InvokeAsync<PSObject, PSObject>(null, _output);
    }

    public PSDataCollection<ErrorRecord> Errors => _shell.Streams.Error;

    /// <summary>Completes with the first object of this kind that satisfies the condition.</summary>
    public async Task<T> NextAsync<T>(Func<T, bool> condition, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, DataAddedEventArgs? added)
        {
            foreach (PSObject item in _output.ToArray())
            {
                if (item.BaseObject is T value && condition(value)) found.TrySetResult(value);
            }
        }

        _output.DataAdded += Look;
        Look(null, null);
        try
        {
            return await found.Task.WaitAsync(Limit, cancellationToken);
        }
        finally
        {
            _output.DataAdded -= Look;
        }
    }

    /// <summary>What Ctrl+C does. Throws when the pipeline does not end.</summary>
    public async Task StopAsync()
    {
        await Task.Run(_shell.Stop).WaitAsync(Limit);
        await Assert.ThrowsAsync<PipelineStoppedException>(() => _running).WaitAsync(Limit);
    }

    /// <summary>Completes when the script has ended by itself.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _running.WaitAsync(Limit, cancellationToken);

    public void Dispose() => _shell.Dispose();
}
