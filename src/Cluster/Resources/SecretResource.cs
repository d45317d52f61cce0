using System.Collections.Immutable;

namespace BgpLoadBalancer.Cluster.Resources;

/// <summary>A <c>v1</c> Secret: the password that a BGPPeer names (R28, R36).</summary>
public sealed record SecretResource : Resource
{
    /// <summary>The key under which the password of a peer is.</summary>
    public const string PasswordKey = "password";

    /// <summary>Values in base 64, as <c>data</c> has them.</summary>
    public ImmutableSortedDictionary<string, string> Data { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"Secret {Metadata.Namespace}/{Metadata.Name}";
}
