using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>What sessions have sent and received.</summary>
[Cmdlet(VerbsCommon.Get, "BgpStatistics")]
[OutputType(typeof(BgpStatistics))]
public sealed class GetBgpStatistics : SessionCmdlet
{
    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (BgpSessionInfo session in FindSessions(speaker, PeerIPAddress, Peer)) WriteObject(new BgpStatistics(speaker.Name, session));
    }
}
