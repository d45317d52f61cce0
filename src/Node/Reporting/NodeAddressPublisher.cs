using System.Collections.Immutable;
using System.Net;
using BgpLoadBalancer.Cluster;
using BgpLoadBalancer.Cluster.Control;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.Node.Reporting;

/// <summary>
/// Keeps the annotation of a Node that names its interfaces' addresses with their subnets (R19). It looks every <see cref="Period"/> and when it is
/// told that something has changed, and writes only what differs.
/// </summary>
/// <param name="leaveOut">The addresses that move, so are no node's own, as they are now: floating IPs, virtual IPs.</param>
/// <param name="report">Called from any thread; for a log.</param>
public sealed class NodeAddressPublisher(IClusterStore store, IHostSubnets subnets, string node, Func<IReadOnlySet<IPAddress>> leaveOut, TimeProvider timeProvider, Action<ControlEvent> report)
{
    /// <summary>How often the interfaces are looked at anyway.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    // A Node is written by many: its version may change between reading and writing.
    private const int MostAttempts = 3;

    private readonly WakeSignal _changed = new(timeProvider);

    private string? _problem;

    /// <summary>Why the addresses are not published at the moment; null when they are, or are not to be yet.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Looks again soon. From any thread.</summary>
    public void Changed() => _changed.Wake();

    /// <summary>Publishes until cancelled. A failure is reported once, and tried again each second.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            string? failure = await TryAsync(cancellationToken).ConfigureAwait(false);
            if (failure is not null && failure != Problem) report(new(ControlEventLevel.Warning, "its addresses are not published; it is tried again", Subject, failure));
            Volatile.Write(ref _problem, failure);
            await _changed.WaitAsync(failure is null ? Period : StoreCalls.Retry, cancellationToken).ConfigureAwait(false);
        }
    }

    private string Subject => $"Node {node}";

    /// <returns>Why it failed; null when the annotation is as it should be.</returns>
    private async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await PublishAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ClusterStoreException exception) when (attempt < MostAttempts && exception.Error == StoreError.Conflict)
            {
                // Another change of the Node came between: it is read again.
            }
            catch (Exception exception) when (exception is ClusterStoreException or NodeNetworkException)
            {
                return exception.Message;
            }
        }
    }

    private async Task<string?> PublishAsync(CancellationToken cancellationToken)
    {
        NodeResource? resource = await StoreCalls.InTimeAsync(token => store.GetAsync<NodeResource>("", node, token), timeProvider, cancellationToken).ConfigureAwait(false);
        if (resource is null) return $"There is no Node {node}. The name of the agent's node has to be that of a Node of the cluster.";
        if (resource.InternalIPs.IsEmpty) return $"The Node {node} has no address of type InternalIP in its status, so the interface that it is known by cannot be told.";

        ImmutableArray<InterfacePrefix> prefixes = await subnets.GetPrefixesAsync(resource.InternalIPs[0], leaveOut(), cancellationToken).ConfigureAwait(false);
        // What is known of the node stays: a host whose interfaces are all down has not moved to other subnets.
        if (prefixes.IsEmpty) return "No interface that is up has a global address.";

        string text = InterfacePrefixes.Format(prefixes);
        if (resource.Metadata.Annotations.TryGetValue(NodeResource.AddressesAnnotation, out string? published) && published == text) return null;
        NodeResource wanted = resource with { Metadata = resource.Metadata with { Annotations = resource.Metadata.Annotations.SetItem(NodeResource.AddressesAnnotation, text) } };
        await StoreCalls.InTimeAsync(token => store.UpdateAsync(wanted, token), timeProvider, cancellationToken).ConfigureAwait(false);
        report(new(ControlEventLevel.Information, $"its addresses are {text}", Subject));
        return null;
    }
}
