namespace BgpLoadBalancer.Bgp.Transport;

/// <summary>A connection that could not be made or was lost, in words for people.</summary>
public sealed class BgpTransportException : IOException
{
    public BgpTransportException(string message, BgpTransportFault fault, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
    }

    public BgpTransportFault Fault { get; }
}

/// <summary>What went wrong, as far as a caller may act on it.</summary>
public enum BgpTransportFault
{
    /// <summary>The peer answered with a reset: nothing listens there, or it does not want us.</summary>
    Refused,

    /// <summary>No answer.</summary>
    TimedOut,

    /// <summary>No route, or the network or host said unreachable.</summary>
    Unreachable,

    /// <summary>The local address is not on this host.</summary>
    LocalAddress,

    /// <summary>The local port is in use or not permitted.</summary>
    LocalPort,

    /// <summary>The connection was there and is lost.</summary>
    Lost,

    /// <summary>Anything else; the message and inner exception tell.</summary>
    Other,
}
