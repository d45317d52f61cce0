using System.Text.Json;
using BgpLoadBalancer.Cluster.Stores;

namespace BgpLoadBalancer.StoreServer;

internal enum StoreCall
{
    ClusterUid,
    List,
    Get,
    Watch,
    Create,
    Update,
    UpdateStatus,
    Delete,
}

/// <summary>The one line that a client sends on a connection.</summary>
/// <param name="Kind">As <c>kind</c> has it; null where the call is about none.</param>
internal sealed record StoreRequest(StoreCall Call, string? Kind = null, string? Namespace = null, string? Name = null, string? Version = null, JsonElement? Resource = null);

/// <summary>A line of the answer: one, or of a watch one for each change.</summary>
/// <param name="Error">Null: it was done.</param>
/// <param name="Message">What the error says.</param>
/// <param name="Version">Of a list.</param>
internal sealed record StoreReply(JsonElement? Value = null, string? Version = null, ResourceChangeKind? Change = null, StoreError? Error = null, string? Message = null);
