using System.Management.Automation;
using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands.Connections;

/// <summary>Import-BgpClusterConfiguration: all or nothing as far as rules go, and nothing twice.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public ImportTests() => _clusters = new(_shell);

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_configuration_comes_into_an_empty_cluster_once()
    {
        string name = Empty();
        BgpClusterResource[] made = [.. _shell.Run($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("separate-planes")}'").Cast<BgpClusterResource>()];
        Assert.All(made, resource => Assert.Equal((BgpResourceChange.Created, name), (resource.Change, resource.Cluster)));
        Assert.Equal("Cluster cluster-bm/bm", made[0].ToString());
        Assert.Equal(13, made.Length);
        Assert.Equal(5, _shell.Run("Get-BgpNode | Where-Object Healthy | Where-Object Address").Count);
        Assert.Equal(2, _shell.Run("Get-BgpService | Where-Object Announced").Count);
        Assert.Empty(_shell.Run($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("separate-planes")}'"));
    }

    [Fact]
    public void Only_what_differs_is_changed()
    {
        string folder = _clusters.Copy("separate-planes");
        _clusters.Connect(folder);
        Edit(folder, "cluster.yaml", "sessions: 2", "sessions: 1");
        Edit(folder, "nodes.yaml", "node-04", "node-06");
        string[] done = [.. _shell.Run($"Import-BgpClusterConfiguration '{folder}' 3> $null | ForEach-Object {{ \"$($_.Change) $_\" }}").Cast<string>()];
        Assert.Equal(["Changed BGPPeer cluster-bm/bgppeer1", "Created Node node-06"], done);
        Assert.Equal([1], _shell.Run("(Get-BgpPeer bgppeer1).Sessions"));
        // An import adds and changes; nothing goes by not being there.
        Assert.Equal(6, _shell.Run("Get-BgpNode").Count);
    }

    [Fact]
    public void Files_in_a_pipeline_are_one_configuration()
    {
        Empty();
        _shell.Run($"[System.IO.DirectoryInfo]::new('{ExampleClusters.Folder("same-peers")}').GetFiles('*.yaml') | Import-BgpClusterConfiguration");
        Assert.Equal(2, _shell.Run("Get-BgpService | Where-Object Announced").Count);
    }

    [Fact]
    public void WhatIf_says_each_resource_and_writes_none()
    {
        Empty();
        Assert.Empty(_shell.Run($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("same-peers")}' -WhatIf"));
        string said = _shell.Console.TakeText();
        Assert.Contains("Performing the operation \"Create\" on target \"Cluster cluster-bm/bm in cluster", said, StringComparison.Ordinal);
        Assert.Contains("Node node-02", said, StringComparison.Ordinal);
        Assert.Equal("BgpClusterResourceMissing", _shell.Fail("Get-BgpNode"));
    }

    [Fact]
    public void What_cannot_change_is_refused_with_the_line_and_nothing_is_written()
    {
        string folder = _clusters.Copy("separate-planes");
        _clusters.Connect(folder);
        Edit(folder, "cluster.yaml", "ingressVIP: 10.0.0.1", "ingressVIP: 10.0.0.2");
        Edit(folder, "cluster.yaml", "sessions: 2", "sessions: 1");
        Result result = _shell.Invoke($"Import-BgpClusterConfiguration '{folder}'");
        Assert.Empty(result.Output);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith("BgpConfigurationRule,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        BgpConfigurationFinding finding = Assert.IsType<BgpConfigurationFinding>(error.TargetObject);
        Assert.Equal("R34", finding.Rule);
        Assert.Contains($"cluster.yaml:{finding.Line}: Cluster cluster-bm/bm: spec.loadBalancer.vips.ingressVIP: ", error.ToString(), StringComparison.Ordinal);
        Assert.Equal([2], _shell.Run("(Get-BgpPeer bgppeer1).Sessions"));
    }

    [Fact]
    public void Every_finding_is_an_error_of_its_own_and_one_bad_file_stops_all()
    {
        Empty();
        string folder = _clusters.Copy("same-peers");
        Edit(folder, "cluster.yaml", "asn: 65002", "asn: 65001");
        Result rules = _shell.Invoke($"Import-BgpClusterConfiguration '{folder}'");
        Assert.Equal(["BgpConfigurationRule", "BgpConfigurationRule"], rules.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Edit(folder, "cluster.yaml", "asn: 65001", "asn: 65002");
        Edit(folder, "nodes.yaml", "10.0.1.11/24", "10.0.1.11");
        Assert.Equal("BgpManifestNotReadable", _shell.Fail($"Import-BgpClusterConfiguration '{folder}'"));
        Assert.Equal("BgpPathNotFound", _shell.Fail($"Import-BgpClusterConfiguration '{folder}/none.yaml'"));
        Assert.Equal("BgpClusterResourceMissing", _shell.Fail("Get-BgpNode"));
    }

    [Fact]
    public void Another_namespace_is_refused()
    {
        _shell.Run($"Connect-BgpCluster '{_clusters.Work.FullName}' -Name {_clusters.NewName()} -Namespace elsewhere 3> $null");
        Result result = _shell.Invoke($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("same-peers")}'");
        Assert.Equal(["BgpNamespaceDiffers", "BgpNamespaceDiffers"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("connect the cluster with -Namespace cluster-bm", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_wrote_on_a_service_stays()
    {
        string name = _clusters.Connect("same-peers");
        Assert.True(ClusterTable.TryGet(name, out ConnectedCluster? cluster));
        ServiceResource service = (await cluster.Store.GetAsync<ServiceResource>("default", "load-balancer-example", TestContext.Current.CancellationToken))!;
        service = await cluster.Store.UpdateStatusAsync(service with { Addresses = [System.Net.IPAddress.Parse("10.0.0.3")] }, TestContext.Current.CancellationToken);
        await cluster.Store.UpdateAsync(service with { Metadata = service.Metadata with { Annotations = service.Metadata.Annotations.SetItem("else/where", "1") } }, TestContext.Current.CancellationToken);
        Assert.Empty(_shell.Run($"Import-BgpClusterConfiguration '{ExampleClusters.Folder("same-peers")}'"));
        Assert.Equal(["10.0.0.3"], _shell.Run("Get-BgpService load-balancer-example | ForEach-Object Address | ForEach-Object ToString"));
    }

    [Fact]
    public void Copies_in_a_user_cluster_are_left_to_the_admin_cluster_unless_forced()
    {
        string folder = _clusters.Copy("same-peers");
        string text = File.ReadAllText(Path.Combine(folder, "cluster.yaml"));
        File.WriteAllText(Path.Combine(folder, "cluster.yaml"), text.Replace("  name: bm\n", "  name: bm\n  annotations: {networking.gke.io/bgp-source: uid-of-admin/cluster-bm}\n", StringComparison.Ordinal));
        _clusters.Connect(folder);
        Edit(folder, "cluster.yaml", "10.0.2.100", "10.0.2.101");
        Assert.Equal("BgpUserClusterEdit", _shell.Fail($"Import-BgpClusterConfiguration '{folder}'"));
        Assert.Equal("NetworkGatewayGroup", _shell.One<BgpClusterResource>($"Import-BgpClusterConfiguration '{folder}' -Force").Kind);
    }

    private string Empty()
    {
        string name = _clusters.NewName();
        _shell.Run($"Connect-BgpCluster '{_clusters.Work.FullName}' -Name {name} -Namespace cluster-bm 3> $null");
        return name;
    }

    private static void Edit(string folder, string name, string old, string now)
    {
        string file = Path.Combine(folder, name);
        string text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, now, StringComparison.Ordinal));
    }
}
