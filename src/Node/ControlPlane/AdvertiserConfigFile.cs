using System.Text;

namespace BgpLoadBalancer.Node.ControlPlane;

/// <summary>
/// The file that bgpadvertiser reads. Nobody ever sees half of it: it is written beside, brought to the disk, and put in its place. After a loss of power the one before
/// may be back, and is replaced again.
/// </summary>
/// <param name="path">From the root on.</param>
internal sealed class AdvertiserConfigFile(string path)
{
    private readonly string _folder = Path.GetDirectoryName(path)!;
    private readonly string _beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");

    /// <returns>False when it was so already.</returns>
    /// <exception cref="IOException">And <see cref="UnauthorizedAccessException"/>: it could not be written.</exception>
    public bool Write(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        if (Starts(wanted, wholly: true)) return false;
        // What an attempt that failed has left.
        File.Delete(_beside);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        using (FileStream stream = new(_beside, options))
        {
            stream.Write(wanted);
            stream.Flush(flushToDisk: true);
        }

        File.Move(_beside, path, overwrite: true);
        return true;
    }

    /// <summary>Removes it if it is one of ours: on a node outside the control plane a person may have one there for debugging (R41).</summary>
    /// <returns>False when there was none of ours.</returns>
    /// <exception cref="IOException">And <see cref="UnauthorizedAccessException"/>: it could not be removed.</exception>
    public bool Remove()
    {
        if (!Directory.Exists(_folder)) return false;
        File.Delete(_beside);
        if (!Starts(Encoding.UTF8.GetBytes(AdvertiserConfigText.Mark), wholly: false)) return false;
        File.Delete(path);
        return true;
    }

    private bool Starts(byte[] wanted, bool wholly)
    {
        // A folder is not passed over here: it cannot be read as a file, and that is what is said of it.
        if (!Path.Exists(path)) return false;
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] there = new byte[wanted.Length + 1];
        int length = stream.ReadAtLeast(there, there.Length, throwOnEndOfStream: false);
        return length >= wanted.Length && there.AsSpan(0, wanted.Length).SequenceEqual(wanted) && (!wholly || length == wanted.Length);
    }
}
