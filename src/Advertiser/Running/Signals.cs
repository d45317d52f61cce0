using System.Runtime.InteropServices;

namespace BgpLoadBalancer.Advertiser.Running;

/// <summary>The signals of this process. None of them ends it by itself any more.</summary>
internal sealed class Signals : IDisposable
{
    // Linux' number; PosixSignal names only the portable ones and takes others as they are.
    private const PosixSignal SigUsr2 = (PosixSignal)12;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TaskCompletionSource<StopReason> _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="reload">Called at SIGHUP.</param>
    public Signals(Action reload)
    {
        On(PosixSignal.SIGTERM, () => _stop.TrySetResult(StopReason.Shutdown));
        On(PosixSignal.SIGINT, () => _stop.TrySetResult(StopReason.Shutdown));
        On(PosixSignal.SIGHUP, reload);
        if (OperatingSystem.IsLinux()) On(SigUsr2, () => _stop.TrySetResult(StopReason.PlannedRestart));
    }

    /// <summary>Completes at the first signal that ends the program.</summary>
    public Task<StopReason> Stopped => _stop.Task;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void On(PosixSignal signal, Action action) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        action();
    }));
}
