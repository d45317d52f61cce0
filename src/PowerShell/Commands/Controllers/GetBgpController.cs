using System.Management.Automation;
using BgpLoadBalancer.PowerShell.Completers;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.PowerShell.Commands.Controllers;

/// <summary>The controllers of this process that work for a cluster.</summary>
[Cmdlet(VerbsCommon.Get, "BgpController")]
[OutputType(typeof(BgpController))]
public sealed class GetBgpController : ControllerCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControllerNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    protected override void ProcessRecord() => ForEach(Name, controller => WriteObject(new BgpController(controller)));
}
