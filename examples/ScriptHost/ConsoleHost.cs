using System.Globalization;
using System.Management.Automation.Host;

namespace BgpLoadBalancer.Quickstart;

/// <summary>The least that an engine needs of a host to write to a console.</summary>
internal sealed class ConsoleHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Quickstart";

    public override PSHostUserInterface UI { get; } = new ConsoleUserInterface();

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException("The quickstart has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The quickstart has no prompt.");

    public override void NotifyBeginApplication()
    {
        // No program of the script's draws on this console.
    }

    public override void NotifyEndApplication()
    {
        // See above.
    }

    public override void SetShouldExit(int exitCode) => Environment.ExitCode = exitCode;
}
