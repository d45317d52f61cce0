using System.Net;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

/// <summary>Answers in place of a bgpadvertiser.</summary>
internal sealed class FakeHealthPort : HttpMessageHandler
{
    private volatile string _text = "[]";
    private volatile Exception? _failure;
    private int _asked;

    public string Text
    {
        get => _text;
        set => _text = value;
    }

    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    /// <summary>Instead of an answer.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    public bool Hangs { get; init; }

    public int Asked => Volatile.Read(ref _asked);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _asked);
        Assert.Equal("/sessions", request.RequestUri!.AbsolutePath);
        if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        return Failure is { } failure ? throw failure : new(Status) { Content = new StringContent(Text) };
    }
}
