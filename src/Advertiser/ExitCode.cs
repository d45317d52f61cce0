namespace BgpLoadBalancer.Advertiser;

/// <summary>The exit codes that scripts rely on.</summary>
internal static class ExitCode
{
    /// <summary>Ended by a signal after the sessions were closed, or every check passed.</summary>
    public const int Success = 0;

    public const int CheckFailed = 1;

    /// <summary>Bad arguments or configuration.</summary>
    public const int BadInput = 2;

    /// <summary>This host is not as needed: an address that is not its own, a port in use, no permission.</summary>
    public const int LocalFault = 3;
}
