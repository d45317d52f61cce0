using System.Management.Automation;
using System.Management.Automation.Runspaces;
using BgpLoadBalancer.Quickstart;

// Runs a script of this repository in the PowerShell engine, for a machine that has no pwsh. Exit codes: 0 all was as the script
// wants it, 1 it was not, 2 the arguments are wrong.
if (args is not [var script] || !File.Exists(script))
{
    Console.Error.WriteLine("usage: dotnet BgpLoadBalancer.Quickstart.dll SCRIPT.ps1");
    return 2;
}

ConsoleHost host = new();
using Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell shell = PowerShell.Create(runspace);
shell.AddCommand(Path.GetFullPath(script)).AddCommand("Out-Default");
bool interrupted = false;
Console.CancelKeyPress += (_, pressed) =>
{
    // The script's own clean-up runs, then it ends.
    pressed.Cancel = true;
    interrupted = true;
    shell.BeginStop(null, null);
};

try
{
    shell.Invoke();
    return shell.HadErrors ? Fail(shell.Streams.Error.FirstOrDefault()) : 0;
}
catch (RuntimeException e)
{
    return Fail(e.ErrorRecord);
}

int Fail(ErrorRecord? error)
{
    Console.Error.WriteLine(interrupted ? "Interrupted." : error is null ? "The script had errors." : $"{error}\n{error.InvocationInfo?.PositionMessage}");
    return 1;
}
