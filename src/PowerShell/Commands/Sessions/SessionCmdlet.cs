using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>A cmdlet about sessions, which are found by the peer.</summary>
public abstract class SessionCmdlet : SpeakerCmdlet
{
    /// <summary>Addresses of peers; by default every peer.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [IPAddressTransform]
    [ArgumentCompleter(typeof(PeerIPAddressCompleter))]
    public IPAddress[]? PeerIPAddress { get; set; }

    /// <summary>The name of the peer, where its address alone does not say which session is meant.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PeerNameCompleter))]
    public string? Peer { get; set; }
}
