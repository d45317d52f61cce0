namespace BgpLoadBalancer.Kubernetes.Tests;

/// <summary>Finds the clone that this test was built in.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "BgpLoadBalancer.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds BgpLoadBalancer.slnx.");
    }
}
