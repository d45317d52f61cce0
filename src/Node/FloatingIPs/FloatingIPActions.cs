using System.Net;

namespace BgpLoadBalancer.Node.FloatingIPs;

/// <summary>
/// Does what the state machine of one floating IP says, away from its loop, and posts what came of it. What is told to the host is done in
/// its order, and so is what is told to the sessions; requests to the store do not wait for each other, because some are given up.
/// </summary>
internal sealed class FloatingIPActions : IAsyncDisposable
{
    private readonly FloatingIPEnvironment _environment;
    private readonly IPAddress _address;
    private readonly Func<TimeSpan> _clock;
    private readonly long _zero;
    private readonly Action<Func<TimeSpan, FloatingIPEvent>> _post;
    private readonly LeaseClient _leases;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _ended = new();
    private readonly SerialWork _store;
    private readonly SerialWork _host;
    private readonly SerialWork _sessions;
    private readonly SerialWork _announcing;

    // Cancelled when the address goes: what only makes sense while it is there or to come.
    private CancellationTokenSource _presence = new();

    // Cancelled when the sessions are closed: whoever still waits to open them.
    private CancellationTokenSource _opening = new();

    // The address was announced once, or will not be.
    private Task _said = Task.CompletedTask;

    /// <param name="clock">The time since <paramref name="zero"/>.</param>
    /// <param name="zero">The timestamp of the state machine's zero.</param>
    /// <param name="fault">Gets what nobody expected: the loop cannot go on.</param>
    public FloatingIPActions(
        FloatingIPEnvironment environment, IPAddress address, Func<TimeSpan> clock, long zero, Action<Func<TimeSpan, FloatingIPEvent>> post, Action<Exception> fault)
    {
        (_environment, _address, _clock, _zero, _post) = (environment, address, clock, zero, post);
        _leases = new(environment, address, clock);
        _timer = environment.Time.CreateTimer(_ => post(now => new Tick(now)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _store = new(fault);
        _host = new(fault);
        _sessions = new(fault);
        _announcing = new(fault);
    }

    public void Do(FloatingIPAction action)
    {
        switch (action)
        {
            case ReadLease read:
                Ask(token => _leases.ReadAsync(read, token));
                break;
            case WriteLease write:
                Ask(token => _leases.WriteAsync(write, token));
                break;
            case ProbeAddress probe:
                OnHost(probe.Operation, token => ProbeAsync(probe.Operation, token), _presence.Token);
                break;
            case HoldAddress hold:
                OnHost(hold.Operation, token => HoldAsync(hold, token), _ended.Token);
                break;
            case RemoveAddress remove:
                Leave();
                OnHost(remove.Operation, token => RemoveAsync(remove.Operation, token), _ended.Token);
                break;
            case AnnounceAddress:
                TaskCompletionSource said = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _said = said.Task;
                _announcing.Add(token => AnnounceAsync(said, token), _presence.Token);
                break;
            case OpenSessions:
                Task first = _said;
                _opening = new();
                _sessions.Add(token => OpenAsync(first, token), _opening.Token);
                break;
            case CloseSessions close:
                _opening.Cancel();
                _sessions.Add(token => CloseAsync(close, token), _ended.Token);
                break;
            case SetTimer timer:
                SetTimer(timer.At);
                break;
            case Report report:
                _environment.Report(new(_address, report.Kind, report.Message));
                break;
        }
    }

    /// <summary>Lets the host finish what it was told, and gives up the rest.</summary>
    public async Task FinishAsync()
    {
        await _host.Done.ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await _presence.CancelAsync().ConfigureAwait(false);
        await _opening.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_store.Done, _host.Done, _sessions.Done, _announcing.Done).ConfigureAwait(false);
    }

    private void Ask(Func<CancellationToken, Task<Func<TimeSpan, FloatingIPEvent>>> ask) =>
        _store.AddBeside(async token => _post(await ask(token).ConfigureAwait(false)), _ended.Token);

    private void OnHost(int operation, Func<CancellationToken, Task> work, CancellationToken cancellationToken) => _host.Add(
        async token =>
        {
            try
            {
                await work(token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !token.IsCancellationRequested)
            {
                string cause = exception is NodeNetworkException ? exception.Message : $"The host failed as nobody expected: {exception}";
                _post(now => new HostFailed(now, operation, cause));
            }
        },
        cancellationToken);

    private async Task ProbeAsync(int operation, CancellationToken cancellationToken)
    {
        string? owner = await _environment.Host.ProbeAsync(_address, cancellationToken).ConfigureAwait(false);
        _post(now => owner is null ? new ProbeClear(now, operation) : new ProbeAnswered(now, operation, owner));
    }

    private async Task HoldAsync(HoldAddress hold, CancellationToken cancellationToken)
    {
        Deadline until = new(_environment.Time, _zero + (long)(hold.Until.TotalSeconds * _environment.Time.TimestampFrequency));
        bool held = await _environment.Host.HoldAsync(_address, until, cancellationToken).ConfigureAwait(false);
        _post(now => held ? new AddressHeld(now, hold.Operation) : new AddressTooLate(now, hold.Operation));
    }

    private async Task RemoveAsync(int operation, CancellationToken cancellationToken)
    {
        await _environment.Host.RemoveAsync(_address, cancellationToken).ConfigureAwait(false);
        _post(now => new AddressRemoved(now, operation));
    }

    private async Task AnnounceAsync(TaskCompletionSource said, CancellationToken cancellationToken)
    {
        try
        {
            await _environment.Host.AnnounceAsync(_address, () => said.TrySetResult(), cancellationToken).ConfigureAwait(false);
        }
        catch (NodeNetworkException exception)
        {
            _environment.Report(new(_address, FloatingIPReportKind.HostFailed, $"It could not be announced, so neighbours learn of its move later: {exception.Message}"));
        }
        finally
        {
            _ = said.TrySetResult();
        }
    }

    // R19: first the announcement, or a router would answer to where the address was before.
    private async Task OpenAsync(Task said, CancellationToken cancellationToken)
    {
        await said.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _environment.Sessions.OpenAsync(_address, cancellationToken).ConfigureAwait(false);
    }

    private async Task CloseAsync(CloseSessions close, CancellationToken cancellationToken)
    {
        await _environment.Sessions.CloseAsync(_address, close.Closing, cancellationToken).ConfigureAwait(false);
        _post(now => new SessionsClosed(now, close.Operation));
    }

    private void Leave()
    {
        _presence.Cancel();
        _presence = new();
    }

    private void SetTimer(TimeSpan? at)
    {
        // Timers count milliseconds: one that rings late is better than one that rings early, and again.
        TimeSpan due = at is { } time ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((time - _clock()).TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
