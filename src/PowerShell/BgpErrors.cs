using System.Management.Automation;

namespace BgpLoadBalancer.PowerShell;

/// <summary>Every error record of the module: its id, category and words in one place.</summary>
internal static class BgpErrors
{
    public static ErrorRecord ClusterNotConnected() => Create(
        "BgpClusterNotConnected",
        ErrorCategory.ConnectionError,
        null,
        "No cluster is connected. Name a speaker with -Speaker (Start-BgpSpeaker starts one).");

    public static ErrorRecord SpeakerNotFound(string name, IEnumerable<string> known) => Create(
        "BgpSpeakerNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"There is no speaker named '{name}'. {Known("Running", known)}");

    public static ErrorRecord SpeakerExists(string name) => Create(
        "BgpSpeakerExists",
        ErrorCategory.ResourceExists,
        name,
        $"A speaker named '{name}' is running already. Give another -Name, or stop it with Stop-BgpSpeaker.");

    public static ErrorRecord PeerNotFound(string name, string speaker, IEnumerable<string> known) => Create(
        "BgpPeerNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"Speaker '{speaker}' has no peer '{name}'. {Known("It has", known)}");

    public static ErrorRecord PeerExists(string name, string speaker) => Create(
        "BgpPeerExists",
        ErrorCategory.ResourceExists,
        name,
        $"Speaker '{speaker}' has a peer named '{name}' already. Change it with Set-BgpPeer, or give another -Name.");

    public static ErrorRecord SessionNotFound(string peer, string speaker, IEnumerable<string> known) => Create(
        "BgpSessionNotFound",
        ErrorCategory.ObjectNotFound,
        peer,
        $"Speaker '{speaker}' has no session with '{peer}'. {Known("It has sessions with", known)}");

    public static ErrorRecord SessionWaitTimeout(string session, string state, string wanted, TimeSpan waited, string? lastError) => Create(
        "BgpSessionWaitTimeout",
        ErrorCategory.OperationTimeout,
        session,
        $"Session {session} is {state}, not {wanted}, after {waited.TotalSeconds:0.#} s.{(lastError is null ? "" : $" Last error: {lastError}.")}");

    public static ErrorRecord SessionNotEstablished(string session, string state) => Create(
        "BgpSessionNotEstablished",
        ErrorCategory.InvalidOperation,
        session,
        $"Session {session} is {state}; a soft reset needs one that is Established.");

    public static ErrorRecord RouteNotFound(string prefix, string speaker) => Create(
        "BgpRouteNotFound",
        ErrorCategory.ObjectNotFound,
        prefix,
        $"Speaker '{speaker}' does not have the route {prefix}.");

    public static ErrorRecord ParameterNotForSpeaker(string parameter, string instead) => Create(
        "BgpParameterNotForSpeaker",
        ErrorCategory.InvalidArgument,
        parameter,
        $"-{parameter} has no meaning for a speaker. {instead}");

    public static ErrorRecord ParameterMissing(string parameter, string why) => Create(
        "BgpParameterMissing",
        ErrorCategory.InvalidArgument,
        parameter,
        $"-{parameter} is missing: {why}");

    public static ErrorRecord InvalidArgument(Exception exception, object? target) =>
        new(exception, "BgpInvalidArgument", ErrorCategory.InvalidArgument, target);

    public static ErrorRecord CannotListen(Exception exception, object? target) =>
        new(exception, "BgpCannotListen", ErrorCategory.ResourceUnavailable, target);

    public static ErrorRecord CannotBind(Exception exception, object? target) =>
        new(exception, "BgpCannotBindAddress", ErrorCategory.ResourceUnavailable, target);

    public static ErrorRecord PathNotFound(Exception exception, string path) =>
        new(exception, "BgpPathNotFound", ErrorCategory.ObjectNotFound, path);

    public static ErrorRecord CannotRead(Exception exception, string path) =>
        new(exception, "BgpCannotReadPath", ErrorCategory.ReadError, path);

    private static string Known(string lead, IEnumerable<string> known)
    {
        string list = string.Join(", ", known);
        return list.Length == 0 ? $"{lead}: none." : $"{lead}: {list}.";
    }

    private static ErrorRecord Create(string id, ErrorCategory category, object? target, string message) =>
        new(new BgpException(message), id, category, target);
}

/// <summary>An error of the module's own, in words for people; the error id says which.</summary>
public sealed class BgpException(string message) : Exception(message);
