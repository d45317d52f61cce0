using System.Text;

namespace BgpLoadBalancer.PowerShell.Commands.Clusters;

/// <summary>Writes files so that whoever reads them sees the old text or the new one, and nothing between.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">It could not be written, or is there and is not to be replaced; nothing has changed then.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text, bool replace)
    {
        // A link stays a link: what it leads to is written.
        string target = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        if (!Directory.Exists(Path.GetDirectoryName(target))) throw new DirectoryNotFoundException($"There is no folder '{Path.GetDirectoryName(target)}'.");
        string beside = Path.Join(Path.GetDirectoryName(target), $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            using (FileStream file = new(beside, Options(target)))
            {
                file.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, target, replace);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    // Readable by the same people as before.
    private static FileStreamOptions Options(string target)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(target)) options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }
}
