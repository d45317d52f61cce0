using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Speakers;

/// <summary>The speakers of this process.</summary>
[Cmdlet(VerbsCommon.Get, "BgpSpeaker")]
[OutputType(typeof(BgpSpeaker))]
public sealed class GetBgpSpeaker : BgpCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SpeakerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord()
    {
        RunningSpeaker[] all = [.. SpeakerTable.All];
        NameMatch.Write(Name, all, speaker => speaker.Name, speaker => WriteObject(new BgpSpeaker(speaker)), name => WriteError(BgpErrors.SpeakerNotFound(name, all.Select(speaker => speaker.Name))));
    }
}
