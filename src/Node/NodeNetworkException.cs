namespace BgpLoadBalancer.Node;

/// <summary>What kept the host from doing it, as far as a caller may act on it.</summary>
public enum NodeNetworkFault
{
    /// <summary>The program <c>ip</c> is not there.</summary>
    ToolMissing,

    /// <summary>This process may not change addresses.</summary>
    NotPermitted,

    /// <summary>There is no such interface.</summary>
    NoInterface,

    /// <summary>The interface is there, but nothing goes out of it: it is down, or its cable is out.</summary>
    InterfaceDown,

    /// <summary>The address is not on that interface.</summary>
    NoAddress,

    /// <summary>Anything else; the message has the host's own words.</summary>
    Other,
}

/// <summary>The host refused or could not; the message says what and what helps.</summary>
public sealed class NodeNetworkException : IOException
{
    public NodeNetworkException(string message, NodeNetworkFault fault, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
    }

    public NodeNetworkFault Fault { get; }
}
