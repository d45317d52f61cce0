namespace BgpLoadBalancer.Quickstart;

/// <summary>Something that the quickstart shows is not so; the message says what.</summary>
internal sealed class NotAsExpectedException(string message) : Exception(message);
