namespace BgpLoadBalancer.PowerShell;

/// <summary>An error of the module's own, in words for people; the error id says which.</summary>
public sealed class BgpException(string message, Exception? innerException = null) : Exception(message, innerException);
