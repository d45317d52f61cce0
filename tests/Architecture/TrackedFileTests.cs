using System.Diagnostics;
using System.Text.RegularExpressions;

namespace BgpLoadBalancer.Architecture.Tests;

/// <summary>The clone stands alone: no file of it points at a machine that it was made on.</summary>
public sealed partial class TrackedFileTests
{
    [Fact]
    public void No_tracked_file_names_a_folder_of_one_machine_or_a_package_registry()
    {
        List<string> findings = [];
        foreach (string file in TrackedFiles())
        {
            string path = Path.Combine(RepositoryRoot.Path, file);
            if (!File.Exists(path)) continue;
            string text = File.ReadAllText(path);
            if (text.Contains('\0', StringComparison.Ordinal)) continue;
            string[] lines = text.Split('\n');
            for (int i = 0; i < lines.Length; i++)
            {
                if (MachineFolder().IsMatch(lines[i]) || Registry().IsMatch(lines[i])) findings.Add($"{file}:{i + 1}: {lines[i].Trim()}");
            }
        }

        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("see /ho" + "me/jane/notes")]
    [InlineData("\"/wo" + "rk/tree\"")]
    [InlineData("C:\\Us" + "ers\\jane")]
    [InlineData("https://api.nu" + "get.org/v3/index.json")]
    [InlineData("proxy.art" + "ifactory.example")]
    public void The_patterns_find_what_they_are_for(string line) => Assert.True(MachineFolder().IsMatch(line) || Registry().IsMatch(line));

    [Theory]
    [InlineData("the network/home boundary")]
    [InlineData("path/to/work/item")]
    [InlineData("NuGet packages are restored")]
    public void The_patterns_leave_prose_alone(string line) => Assert.False(MachineFolder().IsMatch(line) || Registry().IsMatch(line));

    private static string[] TrackedFiles()
    {
        ProcessStartInfo start = new("git", ["-C", RepositoryRoot.Path, "ls-files", "-z"]) { RedirectStandardOutput = true };
        using Process git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.SkipUnless(git.ExitCode == 0, "This folder is not a git clone.");
        string[] files = output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(files);
        return files;
    }

    [GeneratedRegex(@"(?<![\w.~$}\])-])/(home|root|work|Users)/\w|[A-Z]:\\Users\\", RegexOptions.CultureInvariant)]
    private static partial Regex MachineFolder();

    [GeneratedRegex(@"\b(nuget[.]org|pkgs[.]dev[.]azure[.]com|npmjs[.]org|jfrog[.]io|proxy[.]golang[.]org)\b|\b(artifactory|nexus)[.]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Registry();
}
