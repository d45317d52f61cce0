namespace BgpLoadBalancer.Advertiser;

/// <summary>This host is not as the arguments or the configuration need it; ends the program with <see cref="ExitCode.LocalFault"/>.</summary>
internal sealed class LocalFaultException(string message, Exception? innerException = null) : Exception(message, innerException);
