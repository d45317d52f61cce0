using System.Management.Automation;
using System.Net;
using BgpLoadBalancer.Cluster.Planning.Hypotheses;
using BgpLoadBalancer.Cluster.Reading;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Cluster.Stores;
using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell;

/// <summary>Every error record of the module: its id, category and words in one place.</summary>
internal static class BgpErrors
{
    // So many names fit into a message that somebody reads.
    private const int MostNamed = 20;

    /// <param name="connected">Those that other runspaces connected.</param>
    public static ErrorRecord ClusterNotConnected(IEnumerable<string> connected, bool orSpeaker)
    {
        string[] names = [.. connected];
        string other = names.Length == 0 ? "" : $" or name one with -Cluster (connected: {string.Join(", ", names)}),";
        return Create(
            "BgpClusterNotConnected",
            ErrorCategory.ConnectionError,
            null,
            $"No cluster is connected in this runspace. Connect one with Connect-BgpCluster,{other}{(orSpeaker ? " or name a speaker with -Speaker (Start-BgpSpeaker starts one)," : "")}".TrimEnd(',') + ".");
    }

    public static ErrorRecord ClusterNotFound(string name, IEnumerable<string> connected) => Create(
        "BgpClusterNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"No cluster named '{name}' is connected. {Known("Connected", connected, name)}");

    public static ErrorRecord ClusterExists(string name, string source) => Create(
        "BgpClusterExists",
        ErrorCategory.ResourceExists,
        name,
        $"A cluster named '{name}' is connected already, from {source}. Give another -Name, disconnect it with Disconnect-BgpCluster, or replace it with -Force.");

    public static ErrorRecord ClusterResourceMissing(string cluster, string clusterNamespace) => Create(
        "BgpClusterResourceMissing",
        ErrorCategory.ObjectNotFound,
        cluster,
        $"Cluster '{cluster}' has no resource of the kind Cluster in the namespace '{clusterNamespace}' yet. Bring its configuration in with Import-BgpClusterConfiguration.");

    /// <summary>A rule of the configuration that a change would break (R33, R34).</summary>
    public static ErrorRecord ConfigurationRule(BgpConfigurationFinding finding, string cluster) => Create(
        "BgpConfigurationRule",
        ErrorCategory.InvalidData,
        finding,
        $"{finding.ToText()} Nothing was changed in cluster '{cluster}'.");

    /// <summary>Something in a manifest that keeps the whole from being used.</summary>
    public static ErrorRecord ManifestNotReadable(BgpConfigurationFinding finding, string path) => Create(
        "BgpManifestNotReadable",
        ErrorCategory.InvalidData,
        finding,
        $"{finding.ToText()} Nothing was taken from {path}.");

    public static ErrorRecord NamespaceDiffers(SourcedResource source, ConnectedCluster cluster) => Create(
        "BgpNamespaceDiffers",
        ErrorCategory.InvalidData,
        source.Title,
        $"{source.Document.File}:{source.Document.Root.Position.Line}: {source.Title} is not in the namespace '{cluster.Namespace}' of cluster '{cluster.Name}'. Write namespace: {cluster.Namespace}, or connect the cluster with -Namespace {source.Resource.Metadata.Namespace}.");

    public static ErrorRecord NoChoice(string cluster, string path) => Create(
        "BgpNotExportable",
        ErrorCategory.ObjectNotFound,
        path,
        $"None of these resources is in the configuration of cluster '{cluster}' any more, so nothing was written to {path}.");

    public static ErrorRecord SeveralClusters(IEnumerable<string> clusters, string path) => Create(
        "BgpSeveralClusters",
        ErrorCategory.InvalidArgument,
        path,
        $"{path} is to describe one cluster, and these are several: {string.Join(", ", clusters)}. Export each to a path of its own.");

    public static ErrorRecord FileExists(string path) => Create(
        "BgpFileExists",
        ErrorCategory.ResourceExists,
        path,
        $"The file {path} is there already. Give another -Path, or replace it with -Force.");

    public static ErrorRecord CannotWrite(Exception exception, string path) =>
        new(new BgpException($"{path} cannot be written: {exception.Message}", exception), "BgpCannotWritePath", ErrorCategory.WriteError, path);

    public static ErrorRecord NotExportable(object given, string cluster) => Create(
        "BgpNotExportable",
        ErrorCategory.InvalidType,
        given,
        $"'{given}' is not a resource of the configuration of cluster '{cluster}', so it cannot be exported.");

    /// <summary>What a cluster's store does not do.</summary>
    /// <param name="about">The title of the resource; null for the cluster as a whole.</param>
    public static ErrorRecord Store(ClusterStoreException exception, string cluster, string? about)
    {
        (string id, ErrorCategory category, string advice) = exception.Error switch
        {
            StoreError.NotFound => ("BgpResourceNotFound", ErrorCategory.ObjectNotFound, ""),
            StoreError.AlreadyExists => ("BgpResourceExists", ErrorCategory.ResourceExists, ""),
            StoreError.Conflict => ("BgpResourceConflict", ErrorCategory.ResourceBusy, " Somebody else has changed it meanwhile; look at it, and repeat the command."),
            StoreError.Expired => ("BgpClusterVersionExpired", ErrorCategory.LimitsExceeded, " Repeat the command."),
            StoreError.Unavailable => ("BgpClusterUnavailable", ErrorCategory.ResourceUnavailable, " Whether a change was made is not known: look at it when the cluster answers again."),
            StoreError.Forbidden => ("BgpClusterForbidden", ErrorCategory.PermissionDenied, ""),
            _ => ("BgpResourceInvalid", ErrorCategory.InvalidData, ""),
        };
        return new(new BgpException($"Cluster '{cluster}': {exception.Message}{advice}", exception), id, category, about ?? cluster);
    }

    public static ErrorRecord NotImaginable(HypothesisException exception, string cluster) =>
        new(new BgpException($"Cluster '{cluster}': {exception.Message}", exception), "BgpPlanNotImaginable", ErrorCategory.InvalidArgument, cluster);

    /// <summary>Something that a cluster has under no such name.</summary>
    /// <param name="noun">As in the cmdlet: <c>BgpNode</c> gives the id BgpNodeNotFound.</param>
    /// <param name="what">In words, such as <c>node</c>.</param>
    public static ErrorRecord NotFoundInCluster(string noun, string what, string name, string cluster, IEnumerable<string> known) => Create(
        $"{noun}NotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"Cluster '{cluster}' has no {what} '{name}'. {Known("It has", known, name)}");

    /// <summary>Something of a name that a cluster has already.</summary>
    /// <param name="noun">As in the cmdlet: <c>BgpPeer</c> gives the id BgpPeerExists.</param>
    public static ErrorRecord ExistsInCluster(string noun, string what, string name, string cluster) => Create(
        $"{noun}Exists",
        ErrorCategory.ResourceExists,
        name,
        $"Cluster '{cluster}' has a {what} '{name}' already. Change it with Set-{noun}.");

    public static ErrorRecord ControlPlanePeerNotFound(IPAddress address, string cluster, IEnumerable<ControlPlanePeer> known) =>
        NotFoundInCluster("BgpControlPlanePeer", "control-plane peer", $"{address}", cluster, known.Select(peer => $"{peer.Address}").Distinct());

    /// <summary>A user cluster's resources are not edited there (R36).</summary>
    /// <param name="title">Of the resource that was to change.</param>
    /// <param name="admin">The name of the admin cluster; null when it is not connected.</param>
    public static ErrorRecord UserClusterEdit(string title, string cluster, CopySource source, string? admin) => Create(
        "BgpUserClusterEdit",
        ErrorCategory.InvalidOperation,
        title,
        $"{title} was not changed: '{cluster}' is a user cluster. Its load balancing resources are copies of those in the namespace '{source.Namespace}' of its admin cluster "
        + (admin is null ? $"(UID {source.AdminClusterUid})" : $"'{admin}'")
        + ", and what is edited here is overwritten at the next pass. "
        + (admin is null ? "Connect to the admin cluster and change it there" : $"Change it there, with -Cluster {admin}")
        + "; -Force changes it here all the same, to recover a cluster that manages itself.");

    /// <summary>A cluster is not let go while this process works for it.</summary>
    public static ErrorRecord ClusterInUse(string cluster, IEnumerable<string> works) => Create(
        "BgpClusterInUse",
        ErrorCategory.ResourceBusy,
        cluster,
        $"Cluster '{cluster}' stays connected, because this process works for it: {string.Join(", ", works)}. Stop these first (Stop-BgpNodeAgent, Stop-BgpController).");

    /// <summary>A controller or node agent that this process does not run.</summary>
    /// <param name="noun">As in the cmdlet: <c>BgpController</c> gives the id BgpControllerNotFound.</param>
    /// <param name="what">In words, such as <c>controller</c>.</param>
    public static ErrorRecord WorkNotFound(string noun, string what, string name, string cluster, IEnumerable<string> known) => Create(
        $"{noun}NotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"No {what} '{name}' of cluster '{cluster}' runs in this process. {Known("Running", known, name)}");

    public static ErrorRecord WorkExists(string noun, string what, string name, string cluster) => Create(
        $"{noun}Exists",
        ErrorCategory.ResourceExists,
        name,
        $"The {what} '{name}' of cluster '{cluster}' runs in this process already. Stop it with Stop-{noun} first.");

    /// <summary>An agent changes the host that it runs on, so one host has one.</summary>
    public static ErrorRecord OneHostOneNode(string cluster, IEnumerable<string> nodes) => Create(
        "BgpOneHostOneNode",
        ErrorCategory.InvalidArgument,
        cluster,
        $"This host is one node of cluster '{cluster}', and cannot be {string.Join(", ", nodes)} together. Name one, or let them live on loopback with -Loopback.");

    /// <summary>An agent takes the addresses of its host for its node's, and gives the host floating IPs: on another host that would be wrong in both.</summary>
    public static ErrorRecord NodeNotThisHost(NodeResource node) => Create(
        "BgpNodeNotThisHost",
        ErrorCategory.InvalidArgument,
        node.Metadata.Name,
        $"Node {node.Metadata.Name} is not this host, which does not have its address ({string.Join(", ", node.InternalIPs)}). Start its agent there, name the node that is this host, or let the node live on loopback with -Loopback.");

    public static ErrorRecord NodeSubnetsUnknown(string node) => Create(
        "BgpNodeSubnetsUnknown",
        ErrorCategory.InvalidData,
        node,
        $"The subnets of node {node} are not known, and on loopback there are none to be read from the host. Give the Node the annotation {Cluster.Resources.NodeResource.AddressesAnnotation}, such as \"127.0.1.10/24\".");

    public static ErrorRecord SpeakerNotFound(string name, IEnumerable<string> known) => Create(
        "BgpSpeakerNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"There is no speaker named '{name}'. {Known("Running", known, name)}");

    public static ErrorRecord SpeakerExists(string name) => Create(
        "BgpSpeakerExists",
        ErrorCategory.ResourceExists,
        name,
        $"A speaker named '{name}' is running already. Give another -Name, or stop it with Stop-BgpSpeaker.");

    public static ErrorRecord PeerNotFound(string name, string speaker, IEnumerable<string> known) => Create(
        "BgpPeerNotFound",
        ErrorCategory.ObjectNotFound,
        name,
        $"Speaker '{speaker}' has no peer '{name}'. {Known("It has", known, name)}");

    public static ErrorRecord PeerExists(string name, string speaker) => Create(
        "BgpPeerExists",
        ErrorCategory.ResourceExists,
        name,
        $"Speaker '{speaker}' has a peer named '{name}' already. Change it with Set-BgpPeer, or give another -Name.");

    /// <param name="place">Such as <c>Speaker 'speaker1'</c>.</param>
    public static ErrorRecord SessionNotFound(string peer, string place, IEnumerable<string> known) => Create(
        "BgpSessionNotFound",
        ErrorCategory.ObjectNotFound,
        peer,
        $"{place} has no session with '{peer}'. {Known("It has sessions with", known)}");

    /// <summary>A cluster that has no session at all, so that there is nothing to wait for.</summary>
    public static ErrorRecord NoSessions(string cluster, TimeSpan waited) => Create(
        "BgpSessionNotFound",
        ErrorCategory.ObjectNotFound,
        cluster,
        $"After {waited.TotalSeconds:0.#} s cluster '{cluster}' has no session. Sessions are planned by a controller (Start-BgpController, or once Invoke-BgpReconciliation) and held by node agents (Start-BgpNodeAgent).");

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

    public static ErrorRecord ParameterNotForCluster(string parameter, string instead) => Create(
        "BgpParameterNotForCluster",
        ErrorCategory.InvalidArgument,
        parameter,
        $"-{parameter} has no meaning for a cluster. {instead}");

    /// <param name="instead">What is there for clusters.</param>
    public static ErrorRecord SpeakerNotNamed(string command, string cluster, string instead) => Create(
        "BgpSpeakerNotNamed",
        ErrorCategory.InvalidArgument,
        cluster,
        $"{command} acts on a speaker, not on the cluster '{cluster}'. Name a speaker with -Speaker{instead}.");

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

    /// <param name="wanted">What was asked for instead: the nearest is named, which may be one of very many.</param>
    private static string Known(string lead, IEnumerable<string> known, string? wanted = null)
    {
        string[] all = [.. known];
        string near = wanted is not null && NearestName.FindNumbered(wanted, all) is { } nearest ? $"Did you mean '{nearest}'? " : "";
        string list = string.Join(", ", all.Take(MostNamed));
        return near + (all.Length == 0 ? $"{lead}: none." : all.Length <= MostNamed ? $"{lead}: {list}." : $"{lead}: {list} and {all.Length - MostNamed} more.");
    }

    private static ErrorRecord Create(string id, ErrorCategory category, object? target, string message) =>
        new(new BgpException(message), id, category, target);
}
