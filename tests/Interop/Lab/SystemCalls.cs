using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BgpLoadBalancer.Interop.Tests.Lab;

/// <summary>What the base class library has no door to.</summary>
internal static partial class SystemCalls
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigUsr2 = 12;
    public const int SigTerm = 15;
    public const int SigCont = 18;
    public const int SigStop = 19;

    private const int CloneNewNet = 0x4000_0000;

    /// <summary>Moves the calling thread, and only it, into the network namespace of the open file.</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void EnterNetworkNamespace(SafeFileHandle file)
    {
        if (SetNamespace(file, CloneNewNet) != 0) throw new IOException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Sends a signal; a process that has ended already is none.</summary>
    public static void Signal(int processId, int signal) => _ = Kill(processId, signal);

    public static bool IsRoot => EffectiveUserId() == 0;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int type);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUserId();
}
