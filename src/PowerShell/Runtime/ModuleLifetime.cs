namespace BgpLoadBalancer.PowerShell.Runtime;

/// <summary>
/// Ends what runs in the process when nobody has commands for it any more: the module was removed from the last runspace that had it, and did not come
/// back at once, as it does with <c>Import-Module -Force</c>. A runspace that closes removes nothing; what it left running goes on. Thread-safe.
/// </summary>
/// <param name="end">Ends all that runs.</param>
/// <param name="grace">How long the module may be gone.</param>
internal sealed class ModuleLifetime(Func<Task> end, TimeSpan grace, TimeProvider timeProvider)
{
    private readonly Lock _sync = new();
    private readonly Dictionary<object, Func<bool>> _users = new(ReferenceEqualityComparer.Instance);
    private ITimer? _timer;

    public static ModuleLifetime OfProcess { get; } = new(StopAllAsync, TimeSpan.FromSeconds(2), TimeProvider.System);

    /// <summary>The last end of everything; done when there was none.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public bool IsUsedBy(object user)
    {
        lock (_sync) return _users.ContainsKey(user);
    }

    /// <param name="isOpen">Asked later: a user that is not open any more does not count.</param>
    public void Import(object user, Func<bool> isOpen)
    {
        lock (_sync)
        {
            ForgetClosed();
            _users[user] = isOpen;
            _timer?.Dispose();
            _timer = null;
        }
    }

    public void Remove(object user)
    {
        lock (_sync)
        {
            if (!_users.Remove(user)) return;
            ForgetClosed();
            if (_users.Count == 0) _timer ??= timeProvider.CreateTimer(static lifetime => ((ModuleLifetime)lifetime!).EndUnlessUsed(), this, grace, Timeout.InfiniteTimeSpan);
        }
    }

    private static Task StopAllAsync() => Task.WhenAll(ClusterWork.StopAllAsync(), SpeakerTable.StopAllAsync());

    private void EndUnlessUsed()
    {
        lock (_sync)
        {
            // An import may have come between the timer and here.
            if (_timer is null) return;
            _timer.Dispose();
            _timer = null;
            Ended = end();
        }
    }

    private void ForgetClosed()
    {
        foreach (object closed in _users.Where(user => !user.Value()).Select(user => user.Key).ToArray()) _users.Remove(closed);
    }
}
