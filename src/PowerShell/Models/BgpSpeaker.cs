using System.Net;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>A speaker of this process at one moment.</summary>
public sealed class BgpSpeaker : IBgpPlace
{
    internal BgpSpeaker(RunningSpeaker running)
    {
        Name = running.Name;
        LocalASN = running.Settings.LocalAsn;
        BgpIdentifier = running.Settings.BgpIdentifier;
        LocalIPAddress = running.Settings.LocalAddress;
        Port = running.Engine.ListenEndPoints is [var first, ..] ? first.Port : null;
        Passive = running.Settings.Passive;
        AddPath = running.Settings.AddPath;
        var sessions = running.Engine.GetSessions();
        Peers = sessions.Length;
        Established = sessions.Count(session => session.State == Bgp.Session.BgpSessionState.Established);
        Routes = running.Engine.RouteCount;
    }

    public string Name { get; }

    /// <summary>The name again, for parameters that bind by it.</summary>
    public string Speaker => Name;

    public uint LocalASN { get; }

    /// <summary>Null: each session takes its local address.</summary>
    public IPAddress? BgpIdentifier { get; }

    public IPAddress? LocalIPAddress { get; }

    /// <summary>Where it listens; null when it only dials.</summary>
    public int? Port { get; }

    public bool Passive { get; }

    public Bgp.AddPathMode AddPath { get; }

    public int Peers { get; }

    public int Established { get; }

    /// <summary>Prefixes that it announces.</summary>
    public int Routes { get; }

    public override string ToString() => Name;
}
