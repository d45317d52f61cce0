using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands.Connections;

/// <summary>Clusters are connected by name, for the whole process; each runspace has its own last one.</summary>
public sealed class ConnectionTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public ConnectionTests() => _clusters = new(_shell);

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_folder_of_manifests_is_a_cluster()
    {
        string name = _clusters.NewName();
        BgpCluster cluster = _shell.One<BgpCluster>($"Connect-BgpCluster '{ExampleClusters.Folder("dual-stack")}' -Name {name}");
        Assert.Equal((name, name, "cluster-bm", ClusterType.User, LoadBalancerType.Bgp, 65001u), (cluster.Name, cluster.Cluster, cluster.Namespace, cluster.Type, cluster.LoadBalancerType, cluster.LocalASN));
        Assert.Equal((3, 2, true), (cluster.Nodes, cluster.Services, cluster.IsDefault));
        Assert.Equal(ExampleClusters.Folder("dual-stack"), cluster.Source);
    }

    [Fact]
    public void Its_name_is_its_Clusters()
    {
        string name = _clusters.NewName();
        string file = _clusters.Write("some.yaml", File.ReadAllText(Path.Combine(ExampleClusters.Folder("same-peers"), "cluster.yaml")).Replace("name: bm", $"name: {name}", StringComparison.Ordinal));
        Assert.Equal(name, _shell.One<BgpCluster>($"Connect-BgpCluster '{file}'").Name);
    }

    [Fact]
    public void Files_and_folders_in_a_pipeline_give_their_own_names()
    {
        string one = _clusters.NewName();
        string two = _clusters.NewName();
        _clusters.Write($"{one}.yaml", File.ReadAllText(Path.Combine(ExampleClusters.Folder("same-peers"), "cluster.yaml")));
        _clusters.Write($"{two}/cluster.yaml", File.ReadAllText(Path.Combine(ExampleClusters.Folder("given-peers"), "cluster.yaml")));
        IReadOnlyList<object> connected = _shell.Run($"[System.IO.DirectoryInfo]::new('{_clusters.Work.FullName}').GetFileSystemInfos() | Connect-BgpCluster");
        Assert.Equal(new[] { one, two }.Order(), connected.Select(cluster => cluster.ToString()).Order());
    }

    [Fact]
    public void Without_a_Cluster_it_waits_for_one()
    {
        string name = _clusters.NewName();
        string file = _clusters.Write("nodes.yaml", File.ReadAllText(Path.Combine(ExampleClusters.Folder("same-peers"), "nodes.yaml")));
        BgpCluster cluster = _shell.One<BgpCluster>($"Connect-BgpCluster '{file}' -Name {name}");
        Assert.Equal(($"cluster-{name}", null, 3), (cluster.Namespace, cluster.Type, cluster.Nodes));
        Assert.Equal("BgpClusterResourceMissing", _shell.Fail("Get-BgpNode"));
        Assert.Equal("elsewhere", _shell.One<BgpCluster>($"Connect-BgpCluster '{file}' -Name {name} -Namespace elsewhere -Force").Namespace);
    }

    [Fact]
    public void What_breaks_rules_can_be_connected_and_what_cannot_be_read_not()
    {
        string text = File.ReadAllText(Path.Combine(ExampleClusters.Folder("same-peers"), "cluster.yaml"));
        string broken = _clusters.Write("broken.yaml", text.Replace("asn: 65002", "asn: 65001", StringComparison.Ordinal));
        WarningRecord warning = Assert.IsType<WarningRecord>(_shell.Run($"Connect-BgpCluster '{broken}' -Name {_clusters.NewName()} 3>&1")[0]);
        Assert.Contains("has 2 errors", warning.Message, StringComparison.Ordinal);
        Assert.Contains($"Test-BgpClusterConfiguration '{broken}'", warning.Message, StringComparison.Ordinal);

        string unread = _clusters.Write("unread.yaml", text.Replace("10.0.1.100", "10.0.1.300", StringComparison.Ordinal));
        string other = _clusters.NewName();
        Result refused = _shell.Invoke($"Connect-BgpCluster '{unread}' -Name {other}");
        Assert.Empty(refused.Output);
        ErrorRecord error = Assert.Single(refused.Errors);
        Assert.StartsWith("BgpManifestNotReadable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("unread.yaml:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("10.0.1.300", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("BgpClusterNotFound", _shell.Fail($"Get-BgpCluster {other}"));
        Assert.Equal("BgpManifestNotReadable", _shell.Fail($"Connect-BgpCluster '{_clusters.Write("no.yaml", "a: [1,\nb: ]]")}' -Name {other}"));
        Assert.Equal("BgpPathNotFound", _shell.Fail($"Connect-BgpCluster '{_clusters.Work.FullName}/none' -Name {other}"));
    }

    [Fact]
    public void A_name_is_taken_until_Force_takes_it()
    {
        string name = _clusters.Connect("same-peers");
        Assert.Equal("BgpClusterExists", _shell.Fail($"Connect-BgpCluster '{ExampleClusters.Folder("separate-planes")}' -Name {name}"));
        Assert.Equal(3, _shell.Run($"Get-BgpNode -Cluster {name}").Count);
        _shell.Run($"Connect-BgpCluster '{ExampleClusters.Folder("separate-planes")}' -Name {name} -Force");
        Assert.Equal(5, _shell.Run($"Get-BgpNode -Cluster {name}").Count);
    }

    [Fact]
    public void The_last_connection_is_the_default_and_none_takes_its_place()
    {
        Assert.Equal("BgpClusterNotConnected", _shell.Fail("Get-BgpNode"));
        string first = _clusters.Connect("same-peers");
        string second = _clusters.Connect("separate-planes");
        Assert.Equal(5, _shell.Run("Get-BgpNode").Count);
        Assert.Equal(3, _shell.Run($"Get-BgpNode -Cluster {first}").Count);
        Assert.Equal([second], _shell.Run($"Get-BgpCluster {first}, {second} | Where-Object IsDefault").Select(cluster => cluster.ToString()));
        Assert.Equal(second, _shell.One<BgpCluster>("Disconnect-BgpCluster").Name);
        ErrorRecord error = Assert.Single(_shell.Invoke("Get-BgpNode").Errors);
        Assert.StartsWith("BgpClusterNotConnected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(first, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("BgpClusterNotFound", _shell.Fail($"Disconnect-BgpCluster {second}"));
    }

    [Fact]
    public void Other_runspaces_see_connections_and_have_defaults_of_their_own()
    {
        string name = _clusters.Connect("same-peers");
        using Shell other = new();
        Assert.Equal("BgpClusterNotConnected", other.Fail("Get-BgpNode"));
        Assert.Equal(3, other.Run($"Get-BgpCluster {name} | Get-BgpNode").Count);
        Assert.Equal(12, _shell.Run($"1..4 | ForEach-Object -Parallel {{ Import-Module '{StagedModule.Manifest}'; Get-BgpNode -Cluster {name} }}").Count);
        other.Run($"Disconnect-BgpCluster {name}");
        Assert.Equal("BgpClusterNotConnected", _shell.Fail("Get-BgpNode"));
    }

    [Fact]
    public void A_new_import_of_the_module_keeps_them()
    {
        string name = _clusters.Connect("same-peers");
        _shell.Run($"Import-Module '{StagedModule.Manifest}' -Force");
        Assert.Equal(3, _shell.Run("Get-BgpNode").Count);
        Assert.True(_shell.One<BgpCluster>($"Get-BgpCluster {name}").IsDefault);
    }

    [Fact]
    public void An_unknown_name_is_an_error_of_its_input_alone()
    {
        string name = _clusters.Connect("same-peers");
        Result result = _shell.Invoke($"'nobody', '{name}' | ForEach-Object {{ [pscustomobject]@{{ Cluster = $_ }} }} | Get-BgpNode node-01");
        Assert.Single(result.Output);
        Assert.StartsWith("BgpClusterNotFound,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("BgpParameterNotForSpeaker", _shell.Fail($"Get-BgpSession -Speaker s -Cluster {name}"));
        Assert.Equal("BgpSpeakerNotNamed", _shell.Fail("Get-BgpRoute"));
    }

    [Fact]
    public void Names_are_offered()
    {
        string name = _clusters.Connect("same-peers");
        Assert.Equal([name], _shell.Complete($"Get-BgpNode -Cluster {name}"));
        Assert.Equal([name], _shell.Complete($"Get-BgpCluster {name}"));
        Assert.Equal(["node-01", "node-02", "node-03"], _shell.Complete("Get-BgpNode n"));
        Assert.Equal(["istio-ingress"], _shell.Complete("Get-BgpService i"));
        Assert.Equal(["10.8.0.10", "10.8.0.11"], _shell.Complete("Get-BgpPlan -RemovePeer "));
        Assert.Equal(["10.0.1.100", "10.0.2.100"], _shell.Complete("Get-BgpFloatingIP "));
    }

    [Fact]
    public void WhatIf_disconnects_nothing()
    {
        string name = _clusters.Connect("same-peers");
        Assert.Empty(_shell.Run($"Disconnect-BgpCluster {name} -WhatIf"));
        Assert.Contains($"\"Disconnect BGP cluster\" on target \"{name}, from {ExampleClusters.Folder("same-peers")}\"", _shell.Console.TakeText(), StringComparison.Ordinal);
        Assert.True(_shell.One<BgpCluster>($"Get-BgpCluster {name}").IsDefault);
        Assert.Equal(name, _shell.One<BgpCluster>($"Disconnect-BgpCluster {name} -Confirm:$false").Name);
        Assert.Empty(_shell.Run($"Get-BgpCluster {name}*"));
    }

    [Fact]
    public void A_folder_without_manifests_is_connected_with_a_warning()
    {
        string name = _clusters.NewName();
        string folder = _clusters.Work.CreateSubdirectory("empty").FullName;
        Assert.Equal(
            [$"There is no resource of a cluster in {folder}, so cluster '{name}' is empty.", name],
            _shell.Run($"Connect-BgpCluster '{folder}' -Name {name} 3>&1").Select(item => $"{item}"));
    }
}
