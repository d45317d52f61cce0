using System.Globalization;
using BgpLoadBalancer.Cluster.Control;

namespace BgpLoadBalancer.PowerShell.Models;

/// <summary>Something that a controller or a node agent did, or could not do.</summary>
public sealed class BgpWorkEvent
{
    internal BgpWorkEvent(DateTimeOffset time, ControlEvent said)
    {
        Time = time;
        Level = said.Level;
        Subject = said.Subject;
        Message = said.Message;
        Error = said.Error;
    }

    public DateTimeOffset Time { get; }

    public ControlEventLevel Level { get; }

    /// <summary>What it is about, such as <c>Service default/web</c>; empty when it is about the work as a whole.</summary>
    public string Subject { get; }

    public string Message { get; }

    /// <summary>Why it could not be done; it is tried again.</summary>
    public string? Error { get; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time:HH:mm:ss.fff} {new ControlEvent(Level, Message, Subject, Error)}");
}
