using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>
/// Keeps the file of bgpadvertiser as the plan has it (R11, R14): at each change, and every <see cref="CheckPeriod"/> anyway. What cannot be written is tried again, less and
/// less often. bgpadvertiser goes on with what it read last until it can read the next.
/// <para>A node that the plan gives no session has no file: bgpadvertiser takes no empty list of peers, and one that starts anew does not come up. One that runs keeps its
/// sessions until it is ended, as whoever takes a node out of the control plane ends its static pods.</para>
/// </summary>
/// <param name="path">From the root on.</param>
internal sealed class AdvertiserConfigKeeper(string path, TimeProvider timeProvider, Action<ControlEvent> report)
{
    /// <summary>Within this time a change by hand is undone.</summary>
    public static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(10);

    /// <summary>The pauses between attempts double up to this.</summary>
    public static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_firstRetry = TimeSpan.FromSeconds(1);

    private readonly AdvertiserConfigFile _file = new(path);
    private readonly WakeSignal _changed = new(timeProvider);
    private Wish? _wish;
    private string? _problem;

    /// <summary>Why the file is not as it should be; null when it is.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>From one thread at a time. Nothing is done before the first call.</summary>
    public void Follow(NodeControlPlane now)
    {
        // What nothing is known about stays as it is.
        if (!now.IsKnown) return;
        Wish wish = now.Sessions.IsEmpty ? new(null, "") : new(AdvertiserConfigText.Of(now.Sessions), string.Join(", ", now.Sessions.Select(session => session.PeerAddress)));
        if (wish == Volatile.Read(ref _wish)) return;
        Volatile.Write(ref _wish, wish);
        _changed.Wake();
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan retry = s_firstRetry;
        while (true)
        {
            bool done = Volatile.Read(ref _wish) is not { } wish || TryAlign(wish);
            await _changed.WaitAsync(done ? CheckPeriod : retry, cancellationToken).ConfigureAwait(false);
            retry = done ? s_firstRetry : retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
        }
    }

    private bool TryAlign(Wish wish)
    {
        string? problem = null;
        try
        {
            Align(wish);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"{path}: The file cannot be {(wish.Text is null ? "removed" : "written")}: {exception.Message}";
        }

        if (problem is not null && problem != Problem) Report(ControlEventLevel.Warning, "it is tried again", problem);
        Volatile.Write(ref _problem, problem);
        return problem is null;
    }

    private void Align(Wish wish)
    {
        if (wish.Text is null)
        {
            if (_file.Remove()) Report(ControlEventLevel.Warning, "removed, because no control-plane session is planned for this node; a bgpadvertiser that runs here keeps its sessions until it is ended");
        }
        else if (_file.Write(wish.Text))
        {
            Report(ControlEventLevel.Information, $"written, with peers {wish.Peers}");
        }
    }

    private void Report(ControlEventLevel level, string message, string? error = null) => report(new(level, message, $"Configuration {path}", error));

    /// <param name="Text">Null: there is to be no file.</param>
    private sealed record Wish(string? Text, string Peers);
}
