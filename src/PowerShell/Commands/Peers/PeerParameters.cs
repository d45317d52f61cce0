using System.Collections;
using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell.Commands.Peers;

/// <summary>Parameters of New- and Set-BgpPeer that only one of the two, a speaker or a cluster, knows; each with what the other has instead.</summary>
internal static class PeerParameters
{
    private static readonly (string Parameter, string Instead)[] ForCluster =
    [
        ("Sessions", "A speaker has one session with each peer."),
        ("Label", "Labels are for what a BGPLoadBalancer selects in a cluster."),
        ("PasswordSecret", "A speaker takes the password itself, with -Password."),
        ("Force", "It is for the copies of a user cluster."),
    ];

    private static readonly (string Parameter, string Instead)[] ForSpeaker =
    [
        ("LocalIPAddress", "Its sessions start from floating IPs: see Get-NetworkGatewayGroup."),
        ("AddPath", "It offers every peer to send several paths."),
        ("KeepReceivedRoute", "What its peers send is counted and not kept."),
        ("Password", "Put the password into a Secret of the cluster's namespace, under the key 'password', and give the Secret's name with -PasswordSecret."),
    ];

    /// <param name="said">What was bound.</param>
    /// <returns>Null when nothing is out of place.</returns>
    public static ErrorRecord? Misplaced(bool isForSpeaker, IReadOnlyDictionary<string, object> said)
    {
        foreach ((string parameter, string instead) in isForSpeaker ? ForCluster : ForSpeaker)
        {
            if (!said.TryGetValue(parameter, out object? value) || SaysNothing(value)) continue;
            return isForSpeaker ? BgpErrors.ParameterNotForSpeaker(parameter, instead) : BgpErrors.ParameterNotForCluster(parameter, instead);
        }

        return null;
    }

    private static bool SaysNothing(object? value) => value is null or "" or Hashtable { Count: 0 } or SwitchParameter { IsPresent: false };
}
