using System.Globalization;
using System.Management.Automation.Host;

namespace BgpLoadBalancer.Bench.Module;

/// <summary>A host without a console: what is formatted for it is formatted in full, and written nowhere.</summary>
internal sealed class SilentHost : PSHost
{
    public override string Name => "Bench";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI { get; } = new SilentUI();

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => throw new NotSupportedException();
}
