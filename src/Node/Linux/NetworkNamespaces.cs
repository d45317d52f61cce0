using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BgpLoadBalancer.Node.Linux;

/// <summary>Makes things inside a named network namespace; they stay in it wherever they are used.</summary>
internal static partial class NetworkNamespaces
{
    /// <summary>Where <c>ip netns</c> keeps them.</summary>
    private const string Folder = "/run/netns";

    private const int CloneNewNet = 0x4000_0000;

    /// <param name="name">Null: the process's own namespace.</param>
    /// <param name="make">Short, and without waiting: it runs on a thread of its own.</param>
    /// <exception cref="NodeNetworkException">There is no such namespace, or this process may not enter it.</exception>
    public static T Run<T>(string? name, Func<T> make)
    {
        if (name is null) return make();
        T? made = default;
        ExceptionDispatchInfo? failure = null;
        // The thread ends inside the namespace, so that no other work can find itself there.
        Thread thread = new(() =>
        {
            try
            {
                Enter(name);
                made = make();
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return made!;
    }

    private static void Enter(string name)
    {
        string refusal;
        try
        {
            using SafeFileHandle file = File.OpenHandle(Path.Combine(Folder, name));
            if (SetNamespace(file, CloneNewNet) == 0) return;
            refusal = Marshal.GetLastPInvokeErrorMessage();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new NodeNetworkException($"The network namespace '{name}' cannot be opened ({exception.Message}). See 'ip netns'.", NodeNetworkFault.Other, exception);
        }

        throw new NodeNetworkException(
            $"The network namespace '{name}' cannot be entered ({refusal}). Run as root, or give the process the capability CAP_SYS_ADMIN.",
            NodeNetworkFault.NotPermitted);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int type);
}
