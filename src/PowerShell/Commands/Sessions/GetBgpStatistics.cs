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
    private protected override string InsteadForCluster => "; what the nodes of a cluster report of their sessions is in Get-BgpSession";

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (BgpSessionInfo session in FindSessions(speaker)) WriteObject(new BgpStatistics(speaker.Name, session));
    }
}
