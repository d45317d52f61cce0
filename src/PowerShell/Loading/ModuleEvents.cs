using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Loading;

/// <summary>What PowerShell tells when the module comes into a runspace and goes from it.</summary>
public sealed class ModuleEvents : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    public void OnImport()
    {
        if (Runspace.DefaultRunspace is { } runspace) ModuleLifetime.OfProcess.Import(runspace, () => runspace.RunspaceStateInfo.State is RunspaceState.Opening or RunspaceState.Opened);
    }

    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        if (Runspace.DefaultRunspace is { } runspace) ModuleLifetime.OfProcess.Remove(runspace);
    }
}
