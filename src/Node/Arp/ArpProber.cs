using System.Net;
using System.Net.NetworkInformation;

namespace BgpLoadBalancer.Node.Arp;

/// <summary>Finds out whether somebody on a link has an address (RFC 5227 section 2.1.1).</summary>
/// <param name="hardware">Of the interface that probes.</param>
/// <param name="own">The hardware addresses of all interfaces of this host.</param>
internal sealed class ArpProber(IArpLink link, PhysicalAddress hardware, IReadOnlySet<PhysicalAddress> own, ArpTimings timings, Random random, TimeProvider timeProvider)
{
    // More than a socket's buffer holds; a link that is flooded must not keep us here.
    private const int MostWaiting = 4096;

    /// <returns>Who has the address, or probes for it at the same time; null when it is free.</returns>
    /// <exception cref="NodeNetworkException">The interface went down or away.</exception>
    public async Task<PhysicalAddress?> ProbeAsync(IPAddress address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<PhysicalAddress> listening = ListenAsync(address, ending.Token);
        Task asking = AskAsync(address, ending.Token);
        await Task.WhenAny(listening, asking).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(listening, asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // An answer counts even when the asking failed meanwhile.
        if (listening.IsCompletedSuccessfully) return await listening.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (listening.IsFaulted) await listening.ConfigureAwait(false);
        await asking.ConfigureAwait(false);
        return Waiting(address);
    }

    private async Task AskAsync(IPAddress address, CancellationToken cancellationToken)
    {
        await WaitAsync(TimeSpan.Zero, timings.ProbeWait, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < timings.ProbeCount; i++)
        {
            if (i > 0) await WaitAsync(timings.ProbeMin, timings.ProbeMax, cancellationToken).ConfigureAwait(false);
            await link.SendAsync(ArpPacket.Probe(hardware, address), cancellationToken).ConfigureAwait(false);
        }

        await Task.Delay(timings.AnnounceWait, timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private async Task<PhysicalAddress> ListenAsync(IPAddress address, CancellationToken cancellationToken)
    {
        while (true)
        {
            ArpPacket packet = await link.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (ArpConflict.Of(packet, address, own) is { } owner) return owner;
        }
    }

    // A host that was suspended or short of time finds its timers run out before it has looked at what came in meanwhile.
    private PhysicalAddress? Waiting(IPAddress address)
    {
        for (int i = 0; i < MostWaiting && link.TryReceive(out ArpPacket? packet); i++)
        {
            if (ArpConflict.Of(packet, address, own) is { } owner) return owner;
        }

        return null;
    }

    private Task WaitAsync(TimeSpan least, TimeSpan most, CancellationToken cancellationToken)
    {
        // One generator may serve several probes at once.
        double part;
        lock (random) part = random.NextDouble();
        return Task.Delay(least + ((most - least) * part), timeProvider, cancellationToken);
    }
}
