namespace BgpLoadBalancer.Quickstart;

/// <summary>Finds the executable.</summary>
internal static class BgpAdvertiser
{
    /// <summary>The first argument, or bin/bgpadvertiser of the repository that this program was built in.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Find(string[] args)
    {
        string path = args is [string given, ..] ? Path.GetFullPath(given) : Path.Combine(RepositoryRoot(), "bin", "bgpadvertiser");
        return File.Exists(path) ? path : throw new FileNotFoundException($"'{path}' is not there: run ./build.sh, or give the path of bgpadvertiser.");
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BgpLoadBalancer.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
