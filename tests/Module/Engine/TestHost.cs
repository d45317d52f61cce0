using System.Globalization;
using System.Management.Automation.Host;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>The least host that the engine runs in.</summary>
internal sealed class TestHost : PSHost
{
    public CapturingUI Console { get; } = new();

    public override string Name => "Module tests";

    public override Version Version { get; } = new(1, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override PSHostUserInterface UI => Console;

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
