using System.Collections.Immutable;
using BgpLoadBalancer.Bgp;
using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.Node.Agent.Sessions;

/// <summary>The sessions from one floating IP. Not synchronized: <see cref="NodeSessions"/> guards it.</summary>
internal sealed class AddressSessions(BgpSpeaker speaker, Action<ControlEvent> report)
{
    private readonly HashSet<string> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);
    private readonly List<Task> _closing = [];

    /// <summary>The address is on this host.</summary>
    public bool IsOpen { get; private set; }

    public void Open() => IsOpen = true;

    /// <summary>Why a peer is not as the plan has it; null when it is.</summary>
    public string? ProblemOf(string name) => _problems.GetValueOrDefault(name);

    /// <summary>
    /// Adds, changes and removes peers until they are the wanted ones; what is as it should be is not touched (R14). One that is not possible as it is
    /// configured stays as it was before, or away.
    /// </summary>
    public void Align(ImmutableArray<PlannedPeering> wanted)
    {
        HashSet<string> names = [.. wanted.Select(peering => peering.Name)];
        foreach (string name in _peers.Where(name => !names.Contains(name)).ToArray()) Remove(name, BgpStopMode.Shutdown);
        foreach (string name in _problems.Keys.Where(name => !names.Contains(name)).ToArray()) _ = _problems.Remove(name);
        foreach (PlannedPeering peering in wanted) Note(peering.Name, peering.Problem ?? Apply(peering.Options!));
    }

    /// <summary>Ends all of them.</summary>
    /// <returns>Ends with the last one, those that were removed before among them.</returns>
    public Task Close(BgpStopMode mode)
    {
        IsOpen = false;
        _problems.Clear();
        foreach (string name in _peers.ToArray()) Remove(name, mode);
        return Task.WhenAll(_closing);
    }

    private void Remove(string name, BgpStopMode mode)
    {
        _ = _peers.Remove(name);
        _ = _closing.RemoveAll(static closing => closing.IsCompletedSuccessfully);
        _closing.Add(speaker.RemovePeerAsync(name, mode).AsTask());
    }

    private string? Apply(BgpPeerOptions options)
    {
        try
        {
            if (_peers.Contains(options.Name)) _ = speaker.UpdatePeer(options);
            else speaker.AddPeer(options);
            _ = _peers.Add(options.Name);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    private void Note(string name, string? problem)
    {
        if (problem == ProblemOf(name)) return;
        if (problem is null) _ = _problems.Remove(name);
        else _problems[name] = problem;
        report(problem is null
            ? new(ControlEventLevel.Information, "the session is possible again", $"Session {name}")
            : new(ControlEventLevel.Warning, _peers.Contains(name) ? "the session stays as it was" : "there is no session", $"Session {name}", problem));
    }
}
