using System.ComponentModel;
using System.Diagnostics;

namespace BgpLoadBalancer.Node;

/// <summary>Runs iproute2's <c>ip</c>: arguments as a list, never a shell, and never longer than <see cref="Timeout"/>.</summary>
internal sealed class IpCommand(string? networkNamespace, TimeProvider timeProvider, string program = "ip")
{
    /// <summary>The kernel answers in milliseconds; this is for a host in distress.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <returns>The exit code and both outputs, trimmed.</returns>
    /// <exception cref="NodeNetworkException">The program is missing or did not end in time.</exception>
    public async Task<IpResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] all = networkNamespace is null ? [.. arguments] : ["-n", networkNamespace, .. arguments];
        ProcessStartInfo start = new(program, all)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Messages are matched below: they must be the untranslated ones.
        start.Environment["LC_ALL"] = "C";
        using Process process = Start(start);
        process.StandardInput.Close();
        using CancellationTokenSource timeout = new(Timeout, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(either.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(either.Token);
            await Task.WhenAll(output, error, process.WaitForExitAsync(either.Token)).ConfigureAwait(false);
            return new(process.ExitCode, (await output.ConfigureAwait(false)).Trim(), (await error.ConfigureAwait(false)).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            // Only then is it certain that it changes nothing any more.
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new NodeNetworkException($"'ip {string.Join(' ', all)}' did not end within {Timeout.TotalSeconds:0} s.", NodeNetworkFault.Other);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new UnreachableException();
        }
        catch (Win32Exception exception)
        {
            throw new NodeNetworkException(
                $"The program '{start.FileName}' cannot be started ({exception.Message}). Install iproute2 (Debian: apt-get install iproute2), or put it on the PATH.",
                NodeNetworkFault.ToolMissing,
                exception);
        }
    }
}

internal readonly record struct IpResult(int ExitCode, string Output, string Error)
{
    /// <summary>Makes an exception of a failed command.</summary>
    /// <param name="what">What was tried, such as "add 10.0.0.1/32 to eth0".</param>
    public NodeNetworkException Failure(string what)
    {
        (NodeNetworkFault fault, string advice) = Error switch
        {
            _ when Says("Operation not permitted") || Says("Permission denied") =>
                (NodeNetworkFault.NotPermitted, " Run as root, or give the process the capability CAP_NET_ADMIN."),
            _ when Says("Cannot find device") || Says("does not exist") => (NodeNetworkFault.NoInterface, " See 'ip link' for the interfaces of this host."),
            // The kernel's words, and since Linux 6.1 those of its extended acknowledgement.
            _ when Says("Cannot assign requested address") || Says("Address not found") => (NodeNetworkFault.NoAddress, ""),
            _ => (NodeNetworkFault.Other, ""),
        };
        string words = Error.Length > 0 ? Error.ReplaceLineEndings(" ") : $"exit code {ExitCode}";
        return new($"Could not {what}: {words.TrimEnd('.')}.{advice}", fault);
    }

    private bool Says(string words) => Error.Contains(words, StringComparison.Ordinal);
}
