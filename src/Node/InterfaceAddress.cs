using System.Net;

namespace BgpLoadBalancer.Node;

/// <summary>An address on an interface.</summary>
/// <param name="Lifetime">What is left of its lifetime when it was asked for; null when it is permanent, so somebody's who means it to stay.</param>
public sealed record InterfaceAddress(string Interface, IPAddress Address, int PrefixLength, TimeSpan? Lifetime)
{
    public bool IsPermanent => Lifetime is null;
}
