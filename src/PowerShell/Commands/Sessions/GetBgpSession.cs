using System.Management.Automation;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Session;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Sessions;

/// <summary>The sessions as they are now.</summary>
[Cmdlet(VerbsCommon.Get, "BgpSession")]
[OutputType(typeof(BgpSession))]
public sealed class GetBgpSession : SessionCmdlet
{
    /// <summary>Nodes, wildcards allowed; of a speaker's session it is the speaker.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    public string[] Node { get; set; } = ["*"];

    /// <summary>Only sessions in one of these states.</summary>
    [Parameter]
    public BgpSessionState[]? State { get; set; }

    protected override void ProcessRecord()
    {
        if (!TryGetSpeaker(out RunningSpeaker? speaker)) return;
        if (!Node.Any(node => new WildcardPattern(node, WildcardOptions.IgnoreCase).IsMatch(speaker.Name))) return;
        foreach (BgpSessionInfo session in FindSessions(speaker, PeerIPAddress, Peer))
        {
            if (State is null || State.Contains(session.State)) WriteObject(SessionSnapshot.Of(speaker, session));
        }
    }
}
