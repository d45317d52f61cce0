using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Views;

/// <summary>Gives a cluster's peer a table of its own: a speaker's has other columns.</summary>
internal static class PeerView
{
    public const string TypeName = "BgpLoadBalancer.PowerShell.Models.BgpPeer#Cluster";

    public static PSObject Of(BgpPeer peer)
    {
        PSObject view = new(peer);
        view.TypeNames.Insert(0, TypeName);
        return view;
    }
}
