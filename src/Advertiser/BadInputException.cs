namespace BgpLoadBalancer.Advertiser;

/// <summary>Something that the command line names is not as it should be; ends the program with <see cref="ExitCode.BadInput"/>.</summary>
internal sealed class BadInputException(string message, Exception? innerException = null) : Exception(message, innerException);
