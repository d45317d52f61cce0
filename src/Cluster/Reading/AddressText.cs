using BgpLoadBalancer.Cluster.Documents;
using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.Cluster.Reading;

/// <summary>Addresses that were typed and stand in no document, with the same strictness and the same words as those of manifests.</summary>
public static class AddressText
{
    /// <exception cref="FormatException">It is no CIDR and no range; the message says why and what would be right.</exception>
    public static AddressRange Range(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FieldValues.Range(new DocumentScalar(text, isPlain: true), out AddressRange range) is { } problem
            ? throw new FormatException($"{problem.Message} {problem.Advice}")
            : range;
    }
}
