using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using BgpLoadBalancer.Node.Arp;

namespace BgpLoadBalancer.Node.Tests.Arp;

/// <summary>A link whose packets the test reads and writes.</summary>
internal sealed class FakeArpLink(TimeProvider time) : IArpLink
{
    private readonly Channel<ArpPacket> _incoming = Channel.CreateUnbounded<ArpPacket>();
    private readonly long _start = time.GetTimestamp();

    /// <summary>What was sent, and when, from the beginning.</summary>
    public List<(TimeSpan At, ArpPacket Packet)> Sent { get; } = [];

    /// <summary>What sending fails with.</summary>
    public NodeNetworkException? Failure { get; set; }

    /// <summary>Packets come in, but nobody who waits gets to see them: a host that was suspended.</summary>
    public bool IsSuspended { get; set; }

    public void Hear(ArpPacket packet) => Assert.True(_incoming.Writer.TryWrite(packet));

    public Task SendAsync(ArpPacket packet, CancellationToken cancellationToken)
    {
        if (Failure is not null) throw Failure;
        Sent.Add((time.GetElapsedTime(_start), packet));
        return Task.CompletedTask;
    }

    public async Task<ArpPacket> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (IsSuspended) await Task.Delay(Timeout.Infinite, cancellationToken);
        return await _incoming.Reader.ReadAsync(cancellationToken);
    }

    public bool TryReceive([NotNullWhen(true)] out ArpPacket? packet) => _incoming.Reader.TryRead(out packet);
}
