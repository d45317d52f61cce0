namespace BgpLoadBalancer.Bench;

/// <summary>A measurement that could not be made, in words for people.</summary>
internal sealed class BenchException(string message, Exception? innerException = null) : Exception(message, innerException);
