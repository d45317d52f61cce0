namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>
/// A layer 2 segment: a bridge in a namespace that has no address, so nothing but the bridge carries a frame. A host that is cut off keeps its
/// carrier: neither side is told.
/// </summary>
internal sealed class Segment
{
    private readonly NetworkNamespace _switch;
    private readonly Dictionary<NetworkNamespace, string> _ports = [];

    private Segment(NetworkNamespace place) => _switch = place;

    public static async Task<Segment> CreateAsync(NetworkNamespace place)
    {
        await place.IpAsync("link add bridge type bridge mcast_snooping 0");
        await place.IpAsync("link set bridge up");
        return new(place);
    }

    /// <summary>Gives a host a link to this segment, with addresses such as 10.1.0.1/24.</summary>
    public async Task AttachAsync(NetworkNamespace host, string link, params string[] addresses)
    {
        string port = $"port{_ports.Count + 1}";
        await _switch.IpAsync($"link add {port} type veth peer name {link} netns {host.Name}");
        await _switch.IpAsync($"link set {port} master bridge up");
        await host.IpAsync($"link set {link} up");
        foreach (string address in addresses) await host.AddAddressAsync(link, address);
        _ports.Add(host, port);
    }

    /// <summary>From now on nothing passes between the host and the others.</summary>
    public Task CutAsync(NetworkNamespace host) => _switch.IpAsync($"link set {_ports[host]} nomaster");

    public Task MendAsync(NetworkNamespace host) => _switch.IpAsync($"link set {_ports[host]} master bridge");
}
