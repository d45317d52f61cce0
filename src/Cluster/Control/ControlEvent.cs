namespace BgpLoadBalancer.Cluster.Control;

/// <summary>How much it concerns an operator.</summary>
public enum ControlEventLevel
{
    Information,
    Warning,
}

/// <summary>Something that a control loop did, or could not do; for a log.</summary>
/// <param name="Subject">What it is about, such as <c>Service default/web</c>; empty when it is about the loop itself.</param>
/// <param name="Error">Why it could not be done; it is tried again.</param>
public readonly record struct ControlEvent(ControlEventLevel Level, string Message, string Subject = "", string? Error = null)
{
    public override string ToString() => $"{(Subject.Length > 0 ? $"{Subject}: " : "")}{Message}{(Error is null ? "" : $": {Error}")}";
}
