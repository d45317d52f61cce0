using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>Ends sessions with a Cease (Administrative Reset) and starts them again; with -Soft they stay, and all routes are sent and asked for again.</summary>
[Cmdlet(VerbsCommon.Reset, "BgpSession", SupportsShouldProcess = true)]
[OutputType(typeof(BgpSession))]
public sealed class ResetBgpSession : SessionCmdlet
{
    [Parameter]
    public SwitchParameter Soft { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string InsteadForCluster => "; a session of a cluster is its node's: Stop-BgpNodeAgent and Start-BgpNodeAgent there begin it anew";

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        foreach (BgpSessionInfo session in FindSessions(speaker))
        {
            BgpSession snapshot = SessionSnapshot.Of(speaker, session);
            if (!ShouldProcess($"{snapshot.Name} ({session.State})", Soft ? "Refresh BGP session" : "Reset BGP session")) continue;
            if (speaker.Engine.ResetSession(session.Peer, Soft))
            {
                if (PassThru) WriteObject(snapshot);
            }
            else
            {
                WriteError(BgpErrors.SessionNotEstablished(snapshot.Name, session.State.ToString()));
            }
        }
    }
}
