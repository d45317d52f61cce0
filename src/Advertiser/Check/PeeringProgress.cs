using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.Bgp.Wire;

namespace BgpLoadBalancer.Advertiser.Check;

/// <summary>How far one peer has come. Written on the session's loop, read by the check.</summary>
internal sealed class PeeringProgress(ImmutableArray<string> prefixes)
{
    private readonly TaskCompletionSource<NotificationMessage> _openRefused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _echoed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _tcpConnected;
    private volatile bool _openReceived;
    private volatile NotificationMessage? _sent;
    private volatile NotificationMessage? _received;

    public bool TcpConnected => _tcpConnected;

    public bool OpenReceived => _openReceived;

    /// <summary>The last one each way.</summary>
    public NotificationMessage? Sent => _sent;

    public NotificationMessage? Received => _received;

    /// <summary>Completes when one side finds the other's OPEN wrong: no later attempt will end better.</summary>
    public Task OpenRefused => _openRefused.Task;

    /// <summary>Completes when the peer sends one of our prefixes back.</summary>
    public Task Echoed => _echoed.Task;

    public void StateChanged(BgpSessionState state)
    {
        if (state >= BgpSessionState.OpenSent) _tcpConnected = true;
        if (state >= BgpSessionState.OpenConfirm) _openReceived = true;
    }

    public void NotificationSent(NotificationMessage notification)
    {
        _sent = notification;
        if (notification.Code != BgpErrorCode.OpenMessageError) return;
        _openReceived = true;
        _openRefused.TrySetResult(notification);
    }

    public void NotificationReceived(NotificationMessage notification)
    {
        _received = notification;
        if (notification.Code == BgpErrorCode.OpenMessageError) _openRefused.TrySetResult(notification);
    }

    public void UpdateReceived(BgpUpdateSummary update)
    {
        // With ADD-PATH the identifier may stand behind the prefix.
        if (update.Nlri.Any(nlri => prefixes.Any(prefix => nlri == prefix || nlri.StartsWith(prefix + " ", StringComparison.Ordinal)))) _echoed.TrySetResult();
    }
}
