using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Commands.Speakers;

/// <summary>Stops speakers: routes are withdrawn and every session ends with a Cease.</summary>
[Cmdlet(VerbsLifecycle.Stop, "BgpSpeaker", SupportsShouldProcess = true)]
[OutputType(typeof(BgpSpeaker))]
public sealed class StopBgpSpeaker : BgpCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SpeakerNameCompleter))]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        RunningSpeaker[] all = [.. SpeakerTable.All];
        NameMatch.Write(Name, all, speaker => speaker.Name, Stop, name => WriteError(BgpErrors.SpeakerNotFound(name, all.Select(speaker => speaker.Name))));
    }

    private void Stop(RunningSpeaker speaker)
    {
        BgpSpeaker snapshot = new(speaker);
        if (!ShouldProcess($"{speaker.Name}, AS {speaker.Settings.LocalAsn}, {snapshot.Established} established sessions", "Stop BGP speaker")) return;
        // Not cancelled by a stop of the pipeline: half a goodbye would be worse, and it is bounded.
        if (SpeakerTable.TryRemove(speaker)) RunAsync(() => SpeakerTable.StopAsync(speaker));
        if (PassThru) WriteObject(snapshot);
    }
}
