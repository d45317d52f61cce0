using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Connections;

/// <summary>Export-BgpClusterConfiguration: what was connected comes back with what has changed, and nothing else.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Foreign = """
        # This is another team's.
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: theirs   # with a remark
        data: {a: "1"}
        """;

    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public ExportTests() => _clusters = new(_shell);

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_file_comes_back_with_its_comments_and_the_change()
    {
        string source = Path.Combine(_clusters.Copy("separate-planes"), "cluster.yaml");
        File.AppendAllText(source, "---\n" + Foreign + "\n");
        string text = File.ReadAllText(source);
        _clusters.Connect(source);
        Assert.Equal([text], Exported("same.yaml"));
        _shell.Run("Set-BgpPeer bgppeer1 -Sessions 1 3> $null");
        Assert.Equal([text.Replace("sessions: 2", "sessions: 1", StringComparison.Ordinal)], Exported("changed.yaml"));
        Assert.Equal(text, File.ReadAllText(source));
    }

    [Fact]
    public void A_folder_comes_back_as_its_files()
    {
        _clusters.Connect("dual-stack");
        string folder = Path.Combine(_clusters.Work.FullName, "out");
        string[] written = [.. _shell.Run($"Export-BgpClusterConfiguration '{folder}/' | ForEach-Object Name").Cast<string>()];
        Assert.Equal(["cluster.yaml", "nodes.yaml", "services.yaml"], written.Order());
        Assert.All(written, name => Assert.Equal(File.ReadAllText(Path.Combine(ExampleClusters.Folder("dual-stack"), name)), File.ReadAllText(Path.Combine(folder, name))));
        Assert.Equal(3, Directory.GetFileSystemEntries(folder).Length);
    }

    [Fact]
    public void All_files_fit_into_one()
    {
        _clusters.Connect("dual-stack");
        string text = Assert.Single(Exported("all.yaml"));
        string copy = _clusters.Connect(Path.Combine(_clusters.Work.FullName, "all.yaml"));
        Assert.Equal(3, _shell.Run($"Get-BgpNode -Cluster {copy}").Count);
        Assert.Equal(2, _shell.Run($"Get-BgpService -Cluster {copy} | Where-Object Announced").Count);
        Assert.Contains("# Services of both address families", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_is_replaced_with_Force_only_and_keeps_its_mode()
    {
        string file = _clusters.Write("there.yaml", "precious: true\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _clusters.Connect("same-peers");
        Assert.Equal("BgpFileExists", _shell.Fail($"Export-BgpClusterConfiguration '{file}'"));
        Assert.Equal("precious: true\n", File.ReadAllText(file));
        _shell.Run($"Export-BgpClusterConfiguration '{file}' -Force");
        Assert.True(_shell.One<bool>($"Test-BgpClusterConfiguration '{file}' -Quiet"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(["there.yaml"], _clusters.Work.GetFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public void One_file_of_a_folder_that_is_there_keeps_all_from_being_written()
    {
        _clusters.Write("out/nodes.yaml", "precious: true\n");
        _clusters.Connect("same-peers");
        Assert.Equal("BgpFileExists", _shell.Fail($"Export-BgpClusterConfiguration '{_clusters.Work.FullName}/out'"));
        Assert.Equal(["nodes.yaml"], _clusters.Work.GetDirectories("out")[0].GetFileSystemInfos().Select(entry => entry.Name));
    }

    [Theory]
    [InlineData("Get-BgpPeer", "BGPPeer")]
    [InlineData("Get-NetworkGatewayGroup", "NetworkGatewayGroup")]
    [InlineData("Get-BgpLoadBalancer", "BGPLoadBalancer")]
    [InlineData("Get-BgpControlPlanePeer", "Cluster")]
    [InlineData("Get-BgpAddressPool", "Cluster")]
    public void Resources_in_the_pipeline_are_written_alone_with_their_comments(string command, string kind)
    {
        _clusters.Connect("separate-planes");
        string file = Path.Combine(_clusters.Work.FullName, "one.yaml");
        _shell.Run($"{command} | Export-BgpClusterConfiguration '{file}'");
        string text = File.ReadAllText(file);
        Assert.Equal([$"kind: {kind}"], text.Split('\n').Where(line => line.StartsWith("kind:", StringComparison.Ordinal)));
        if (kind == "Cluster") Assert.Contains("# type can be 'bgp' or 'layer2'.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_import_made_can_be_exported()
    {
        string name = _clusters.NewName();
        _shell.Run($"Connect-BgpCluster '{_clusters.Work.FullName}' -Name {name} -Namespace cluster-bm 3> $null");
        string file = Path.Combine(_clusters.Work.FullName, "sub", "new.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        _shell.Run($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("separate-planes")}' | Where-Object Kind -eq BGPPeer | Export-BgpClusterConfiguration '{file}'");
        Assert.Contains("peerIP: \"10.0.3.254\"", File.ReadAllText(file).Replace("peerIP: 10.0.3.254", "peerIP: \"10.0.3.254\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(File.ReadAllText(file).Split("kind:")[1..]);
    }

    [Fact]
    public void Nothing_that_was_imported_is_lost()
    {
        string nodes = Path.Combine(ExampleClusters.Folder("dual-stack"), "nodes.yaml");
        string name = _clusters.NewName();
        _shell.Run($"Connect-BgpCluster '{nodes}' -Name {name} -Namespace cluster-bm 3> $null");
        string cluster = Path.Combine(_clusters.Copy("dual-stack"), "cluster.yaml");
        File.WriteAllText(cluster, File.ReadAllText(cluster).Replace("  type: user\n", "  type: user\n  storage: {lvpShare: {path: /mnt/share}}\n", StringComparison.Ordinal));
        _shell.Run($"Import-BgpClusterConfiguration '{cluster}', '{ExampleClusters.Folder("dual-stack")}/services.yaml' 3> $null");
        _shell.Run("Invoke-BgpReconciliation");
        string before = Announced(name);
        string text = Assert.Single(Exported("all.yaml"));
        Assert.Contains("lvpShare", text, StringComparison.Ordinal);
        Assert.Contains("selector:\n    app: istio-ingress", text, StringComparison.Ordinal);
        string copy = _clusters.Connect(Path.Combine(_clusters.Work.FullName, "all.yaml"));
        Assert.Equal(before, Announced(copy));
        Assert.Empty(_shell.Run($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("dual-stack")}' -Cluster {copy} 3> $null"));

        string Announced(string at) => string.Join('\n', _shell.Run($"Get-BgpService -Cluster {at} | ForEach-Object {{ \"$($_.Namespace)/$($_.Name) $($_.Address) $($_.Announced) $($_.NextHop)\" }}"));
    }

    [Fact]
    public void What_an_import_changed_of_Nodes_and_EndpointSlices_is_exported()
    {
        string folder = _clusters.Copy("separate-planes");
        _clusters.Connect(folder);
        foreach (string name in new[] { "nodes.yaml", "services.yaml" })
        {
            string file = Path.Combine(folder, name);
            File.WriteAllText(file, File.ReadAllText(file).Replace("10.0.3.11", "10.0.3.12", StringComparison.Ordinal).Replace("ready: true", "ready: false", StringComparison.Ordinal));
        }

        string[] changed = [.. _shell.Run($"Import-BgpClusterConfiguration '{folder}' 3> $null | ForEach-Object {{ \"$($_.Change) $($_.Kind)\" }}").Cast<string>().Distinct().Order()];
        Assert.Equal(["Changed EndpointSlice", "Changed Node"], changed);
        string target = Path.Combine(_clusters.Work.FullName, "out");
        _shell.Run($"Export-BgpClusterConfiguration '{target}/'");
        Assert.All(new[] { "cluster.yaml", "nodes.yaml", "services.yaml" }, name => Assert.Equal(File.ReadAllText(Path.Combine(folder, name)), File.ReadAllText(Path.Combine(target, name))));
    }

    [Fact]
    public void What_cannot_be_exported_is_said()
    {
        string one = _clusters.Connect("same-peers");
        string two = _clusters.Connect("given-peers");
        string file = Path.Combine(_clusters.Work.FullName, "x.yaml");
        Assert.Equal("BgpNotExportable", _shell.Fail($"'text' | Export-BgpClusterConfiguration '{file}'"));
        Assert.Equal("BgpSeveralClusters", _shell.Fail($"Get-BgpCluster {one}, {two} | Export-BgpClusterConfiguration '{file}'"));
        Assert.Equal("BgpCannotWritePath", _shell.Fail($"Export-BgpClusterConfiguration '{_clusters.Work.FullName}/none/x.yaml'"));
        Assert.Empty(_shell.Run($"Get-BgpPeer none* | Export-BgpClusterConfiguration '{file}'"));
        Assert.Empty(_clusters.Work.GetFileSystemInfos());
    }

    private IEnumerable<string> Exported(string name) =>
        _shell.Run($"Export-BgpClusterConfiguration '{Path.Combine(_clusters.Work.FullName, name)}'").Select(file => File.ReadAllText(((FileInfo)file).FullName));
}
