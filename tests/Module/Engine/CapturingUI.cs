using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>A console that keeps what is written to it and answers every question alike.</summary>
internal sealed partial class CapturingUI : PSHostUserInterface
{
    private readonly StringBuilder _text = new();
    private readonly TaskCompletionSource _firstProgress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The index of the choice that confirmations get: 0 is Yes, 2 is No.</summary>
    public int Answer { get; set; }

    public ConcurrentQueue<string> Questions { get; } = new();

    public ConcurrentQueue<ProgressRecord> Progress { get; } = new();

    public override PSHostRawUserInterface RawUI { get; } = new FixedRawUI();

    public override bool SupportsVirtualTerminal => false;

    /// <summary>Completes when a command has shown progress.</summary>
    public Task FirstProgressAsync(CancellationToken cancellationToken) => _firstProgress.Task.WaitAsync(RunningScript.Limit, cancellationToken);

    /// <summary>What was written since the last call, without colours.</summary>
    public string TakeText()
    {
        lock (_text)
        {
            string text = Ansi().Replace(_text.ToString(), "");
            _text.Clear();
            return text;
        }
    }

    public override void Write(string value)
    {
        lock (_text) _text.Append(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteDebugLine(string message) => WriteLine(message);

    public override void WriteVerboseLine(string message) => WriteLine(message);

    public override void WriteWarningLine(string message) => WriteLine(message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        Progress.Enqueue(record);
        _firstProgress.TrySetResult();
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Enqueue(message);
        return Answer;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new InvalidOperationException($"A test was asked for {string.Join(", ", descriptions.Select(field => field.Name))}: a mandatory parameter is missing.");

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw new NotSupportedException();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw new NotSupportedException();

    public override string ReadLine() => throw new NotSupportedException();

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Ansi();
}
