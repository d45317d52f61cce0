using BgpLoadBalancer.Cluster.Resources;

namespace BgpLoadBalancer.PowerShell.Commands;

/// <summary>What the kinds that people edit are called in cmdlets and in sentences.</summary>
internal static class ResourceNoun
{
    public static string Of<T>()
        where T : Resource => All<T>().Noun;

    public static string WordsOf<T>()
        where T : Resource => All<T>().Words;

    private static (string Noun, string Words) All<T>() => typeof(T) switch
    {
        { } type when type == typeof(BgpPeerResource) => ("BgpPeer", "BGPPeer"),
        { } type when type == typeof(BgpLoadBalancerResource) => ("BgpLoadBalancer", "BGPLoadBalancer"),
        { } type when type == typeof(NetworkGatewayGroupResource) => ("NetworkGatewayGroup", "NetworkGatewayGroup"),
        { } type => throw new ArgumentException($"{type.Name} has no cmdlets of its own."),
    };
}
