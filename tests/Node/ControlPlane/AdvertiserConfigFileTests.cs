using BgpLoadBalancer.Node.ControlPlane;

namespace BgpLoadBalancer.Node.Tests.ControlPlane;

public sealed class AdvertiserConfigFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.PathOf("bgp.yaml");

    private AdvertiserConfigFile Config => new(FilePath);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_written_only_when_it_differs()
    {
        Assert.True(Config.Write("a: 1\n"));
        DateTime written = File.GetLastWriteTimeUtc(FilePath);
        Assert.False(Config.Write("a: 1\n"));
        Assert.Equal(written, File.GetLastWriteTimeUtc(FilePath));
        Assert.True(Config.Write("a: 1"));
        Assert.True(Config.Write("a: 12"));
        Assert.Equal("a: 12", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Who_reads_it_sees_the_old_one_or_the_new_one()
    {
        Config.Write("old");
        using FileStream reading = File.OpenRead(FilePath);
        Config.Write("new");

        Assert.Equal("old", new StreamReader(reading).ReadToEnd());
        Assert.Equal("new", File.ReadAllText(FilePath));
        Assert.Equal(["bgp.yaml"], Names());
    }

    [Fact]
    public void Others_than_its_owner_and_group_cannot_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The modes of files are Unix'.");
        Config.Write("a");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void What_a_failed_attempt_has_left_is_in_nobodys_way()
    {
        _folder.Write(".bgp.yaml.new", "half");
        Assert.True(Config.Write("whole"));
        Assert.Equal(["bgp.yaml"], Names());
    }

    [Fact]
    public void Only_a_file_of_ours_is_removed()
    {
        Assert.False(Config.Remove());
        _folder.Write("bgp.yaml", "localIP: 10.0.0.1\n");
        Assert.False(Config.Remove());
        Assert.True(File.Exists(FilePath));
        _folder.Write("bgp.yaml", "# Written");
        Assert.False(Config.Remove());

        Config.Write(AdvertiserConfigText.Mark + " for node-0\n");
        _folder.Write(".bgp.yaml.new", "half");
        Assert.True(Config.Remove());
        Assert.Empty(Names());
    }

    [Fact]
    public void A_place_where_it_cannot_be_is_told()
    {
        string inMissing = _folder.PathOf("no-such-folder/bgp.yaml");
        Assert.Contains("no-such-folder", Assert.Throws<DirectoryNotFoundException>(() => new AdvertiserConfigFile(inMissing).Write("a")).Message, StringComparison.Ordinal);
        Assert.False(new AdvertiserConfigFile(inMissing).Remove());

        Directory.CreateDirectory(FilePath);
        Assert.Contains("bgp.yaml", Assert.Throws<UnauthorizedAccessException>(() => Config.Write("a")).Message, StringComparison.Ordinal);
    }

    private string?[] Names() => [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(FilePath)!).Select(Path.GetFileName)];
}
