using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>
/// Lets asynchronous work write to the pipeline, which only the pipeline's thread may do: the work posts, that thread runs what
/// is posted until the work has ended.
/// </summary>
internal sealed class AsyncPump : IDisposable
{
    private readonly BlockingCollection<Action> _posted = [];

    /// <summary>
    /// Runs the work to its end, whatever happens, and what it posts meanwhile. A pipeline that ends early, because it was stopped or because a
    /// command behind this one failed or has enough, cancels the work and waits for it to clean up.
    /// </summary>
    public void Run(Func<Task> work, Action cancel)
    {
        Task running = Task.Run(async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            finally
            {
                _posted.CompleteAdding();
            }
        });
        ExceptionDispatchInfo? ended = null;
        foreach (Action action in _posted.GetConsumingEnumerable())
        {
            // Once the pipeline has ended nothing can be written any more, but the work is still heard out.
            if (ended is not null) continue;
            try
            {
                action();
            }
            catch (Exception e)
            {
                ended = ExceptionDispatchInfo.Capture(e);
                cancel();
            }
        }

        try
        {
            running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException e)
        {
            ended?.Throw();
            throw new PipelineStoppedException("The pipeline has been stopped.", e);
        }

        ended?.Throw();
    }

    public void Post(Action action)
    {
        if (!_posted.IsAddingCompleted) _posted.Add(action);
    }

    public void Dispose() => _posted.Dispose();
}
