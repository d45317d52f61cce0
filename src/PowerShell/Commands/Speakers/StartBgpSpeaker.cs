using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Bgp.Transport;
using BgpLoadBalancer.PowerShell.Runtime;
using BgpLoadBalancer.PowerShell.Transforms;

namespace BgpLoadBalancer.PowerShell.Commands.Speakers;

/// <summary>Starts a BGP speaker in this process. It has no peers yet, and lives until Stop-BgpSpeaker or the end of the process.</summary>
[Cmdlet(VerbsLifecycle.Start, "BgpSpeaker", SupportsShouldProcess = true)]
[OutputType(typeof(Models.BgpSpeaker))]
public sealed class StartBgpSpeaker : BgpCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    public uint LocalASN { get; set; }

    /// <summary>IPv4; by default each session's local address.</summary>
    [Parameter]
    [IPAddressTransform]
    public IPAddress? BgpIdentifier { get; set; }

    /// <summary>Where it listens, and what its sessions start from.</summary>
    [Parameter]
    [IPAddressTransform]
    public IPAddress? LocalIPAddress { get; set; }

    /// <summary>The port to listen on; 0 lets the host choose. By default 179 with -Passive, and none without.</summary>
    [Parameter]
    [ValidateRange(0, 65_535)]
    public int? Port { get; set; }

    /// <summary>Accept only, never dial: a router's part.</summary>
    [Parameter]
    public SwitchParameter Passive { get; set; }

    /// <summary>The ADD-PATH that peers are offered unless New-BgpPeer says otherwise; by default Receive with -Passive, else Send.</summary>
    [Parameter]
    public AddPathMode? AddPath { get; set; }

    protected override void ProcessRecord()
    {
        string name = Name ?? SpeakerTable.FreeName();
        try
        {
            SpeakerArguments.Check(LocalASN, BgpIdentifier, LocalIPAddress);
        }
        catch (ArgumentException e)
        {
            WriteError(BgpErrors.InvalidArgument(e, name));
            return;
        }

        if (!ShouldProcess($"{name}, AS {LocalASN}", "Start BGP speaker")) return;
        SpeakerSettings settings = new(name, LocalASN, BgpIdentifier, LocalIPAddress, Passive, AddPath ?? (Passive ? AddPathMode.Receive : AddPathMode.Send));
        EventHub events = new(name, TimeProvider.System);
        int? port = Port ?? (Passive ? BgpPeerOptions.DefaultPort : null);
        RunningSpeaker speaker = new(
            settings,
            new Bgp.BgpSpeaker(new BgpSpeakerOptions
            {
                LocalAsn = LocalASN,
                BgpIdentifier = BgpIdentifier,
                Listen = port is null ? [] : [new IPEndPoint(LocalIPAddress ?? IPAddress.Any, port.Value)],
                Observer = events,
            }),
            events);
        if (!SpeakerTable.TryAdd(speaker))
        {
            WriteError(BgpErrors.SpeakerExists(name));
            return;
        }

        try
        {
            speaker.Engine.Start();
        }
        catch (BgpTransportException e)
        {
            SpeakerTable.TryRemove(speaker);
            RunAsync(() => SpeakerTable.StopAsync(speaker));
            WriteError(BgpErrors.CannotListen(e, name));
            return;
        }

        WriteObject(new Models.BgpSpeaker(speaker));
    }
}
