using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Completers;

/// <summary>The controllers of this process for the connected cluster.</summary>
public sealed class ControllerNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completion.Of(
            wordToComplete,
            Completion.Cluster(fakeBoundParameters) is { } cluster ? ClusterWork.Controllers.Of(cluster).Select(controller => (controller.Name, controller.Status.Leading ? "leading" : "standing by")) : []);
}
