using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Xml.Linq;
using Pipeline = System.Management.Automation.PowerShell;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>A PowerShell runspace with the staged module imported.</summary>
internal sealed class Shell : IDisposable
{
    private readonly TestHost _host = new();
    private readonly Runspace _runspace;

    public Shell()
        : this(InitialSessionState.CreateDefault2()) => Run($"Import-Module '{StagedModule.Manifest}'");

    private Shell(InitialSessionState state)
    {
        _runspace = Open(_host, state);
    }

    // Rarely, where many are opened at one time, a redirection failed as it does in a runspace that has no drive: one like that is of no use to any test.
    private static Runspace Open(TestHost host, InitialSessionState state)
    {
        for (int i = 0; i < 5; i++)
        {
            Runspace runspace = RunspaceFactory.CreateRunspace(host, state);
            runspace.Open();
            if (runspace.SessionStateProxy.Drive.Current is not null) return runspace;
            runspace.Dispose();
        }

        throw new InvalidOperationException("The engine opens runspaces without drives.");
    }

    public CapturingUI Console => _host.Console;

    /// <summary>One that shows lists where others show tables: Format-List is not in the engine's package.</summary>
    public static Shell WithListsOnly()
    {
        XDocument views = XDocument.Load(Path.Combine(StagedModule.Assemblies, "BgpLoadBalancer.Format.ps1xml"));
        views.Descendants("View").Where(view => view.Element("TableControl") is not null).Remove();
        string file = Path.Combine(Directory.CreateTempSubdirectory("bgp-views-").FullName, "Lists.Format.ps1xml");
        views.Save(file);
        try
        {
            InitialSessionState state = InitialSessionState.CreateDefault2();
            state.Formats.Add(new SessionStateFormatEntry(file));
            Shell shell = new(state);
            // The cmdlets without the manifest, and so without its views.
            shell.Run($"Import-Module '{Path.Combine(StagedModule.Assemblies, "BgpLoadBalancer.dll")}'");
            return shell;
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>What the script writes, and its errors; a terminating error counts as its last.</summary>
    public Result Invoke(string script)
    {
        using Pipeline shell = Create(script);
        List<ErrorRecord> errors = [];
        PSDataCollection<PSObject> output = [];
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            errors.Add(e.ErrorRecord);
        }

        return new([.. output.Select(item => item?.BaseObject!)], [.. shell.Streams.Error, .. errors]);
    }

    /// <summary>What the script writes; an error of any kind fails the test.</summary>
    public IReadOnlyList<object> Run(string script)
    {
        Result result = Invoke(script);
        Assert.True(result.Errors.Count == 0, $"{script}: {string.Join(Environment.NewLine, result.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}{Environment.NewLine}{error.Exception}"))}");
        return result.Output;
    }

    /// <summary>The one object that the script writes.</summary>
    public T One<T>(string script) => Assert.IsType<T>(Assert.Single(Run(script)));

    /// <summary>The error id of the one error of the script.</summary>
    public string Fail(string script) => Assert.Single(Invoke(script).Errors).FullyQualifiedErrorId.Split(',')[0];

    /// <summary>What a console of 120 columns shows, each line without trailing blanks.</summary>
    public string[] Render(string script)
    {
        Console.TakeText();
        Run($"& {{ {script} }} | Out-Default");
        return [.. Console.TakeText().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }

    /// <summary>What is offered where the text ends.</summary>
    public IReadOnlyList<string> Complete(string text)
    {
        using Pipeline shell = Pipeline.Create(_runspace);
        return [.. CommandCompletion.CompleteInput(text, text.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }

    /// <summary>A pipeline that has been begun.</summary>
    public RunningScript Begin(string script) => new(Create(script));

    public void Dispose() => _runspace.Dispose();

    private Pipeline Create(string script)
    {
        Pipeline shell = Pipeline.Create(_runspace);
        return shell.AddScript(script, useLocalScope: false);
    }
}

internal sealed record Result(IReadOnlyList<object> Output, IReadOnlyList<ErrorRecord> Errors);
