using BgpLoadBalancer.Cluster.Validation;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Models;

namespace BgpLoadBalancer.Module.Tests.Commands;

/// <summary>Test-BgpClusterConfiguration over files; the rules themselves have tests of their own.</summary>
public sealed class ClusterConfigurationTests : IDisposable
{
    private const string Good = """
        apiVersion: baremetal.cluster.gke.io/v1
        kind: Cluster
        metadata:
          name: bm
          namespace: cluster-bm
        spec:
          type: user
          clusterNetwork:
            advancedNetworking: true
            services:
              cidrBlocks: [10.96.0.0/16]
          controlPlane:
            nodePoolSpec:
              nodes:
              - address: 10.0.1.10
          loadBalancer:
            mode: bundled
            type: bgp
            localASN: 65001
            bgpPeers:
            - ip: 10.0.1.254
              asn: 65000
            - ip: 10.0.1.253
              asn: 65000
            vips:
              controlPlaneVIP: 10.0.0.8
        ---
        apiVersion: networking.gke.io/v1
        kind: NetworkGatewayGroup
        metadata:
          name: default
          namespace: cluster-bm
        spec:
          floatingIPs: [10.0.1.100, 10.0.1.101]
        """;

    private readonly Shell _shell = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bgp-configuration-");

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_good_file_has_no_error()
    {
        string file = Write("good.yaml", Good);
        Assert.DoesNotContain(_shell.Run($"Test-BgpClusterConfiguration '{file}'"), found => ((BgpConfigurationFinding)found).Severity == FindingSeverity.Error);
        Assert.True(_shell.One<bool>($"Test-BgpClusterConfiguration '{file}' -Quiet"));
    }

    [Fact]
    public void A_bad_one_has_all_its_findings_with_their_place_and_what_would_be_right()
    {
        string file = Write("bad.yaml", Good.Replace("asn: 65000", "asn: 65001", StringComparison.Ordinal).Replace("bgpPeers", "bgpPeer", StringComparison.Ordinal));
        object[] found = [.. _shell.Run($"'{file}' | Test-BgpClusterConfiguration")];
        BgpConfigurationFinding unknown = Assert.Single(found.Cast<BgpConfigurationFinding>(), finding => finding.Value == "bgpPeer" || finding.Path.EndsWith("bgpPeer", StringComparison.Ordinal));
        Assert.Equal(20, unknown.Line);
        Assert.Contains("bgpPeers", unknown.Message + unknown.Advice, StringComparison.Ordinal);
        Assert.False(_shell.One<bool>($"'{file}' | Test-BgpClusterConfiguration -Quiet"));
    }

    [Fact]
    public void A_text_that_is_not_YAML_is_a_finding_too()
    {
        string file = Write("broken.yaml", "a: [1,\nb: ]]");
        BgpConfigurationFinding finding = _shell.One<BgpConfigurationFinding>($"[pscustomobject]@{{ Path = '{file}' }} | Test-BgpClusterConfiguration");
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.EndsWith("broken.yaml", finding.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_one_configuration_and_wildcards_find_many()
    {
        Write("cluster.yaml", Good.Split("---")[0]);
        Write("gateway.yaml", Good.Split("---\n")[1]);
        Assert.True(_shell.One<bool>($"Test-BgpClusterConfiguration '{_folder.FullName}' -Quiet"));
        Assert.Equal(2, _shell.Run($"Test-BgpClusterConfiguration '{_folder.FullName}/*.yaml' -Quiet").Count);
    }

    [Fact]
    public void A_file_with_nothing_of_ours_is_said_to_be_that()
    {
        string file = Write("other.yaml", "localIP: 10.0.1.10");
        BgpConfigurationFinding note = _shell.One<BgpConfigurationFinding>($"Test-BgpClusterConfiguration '{file}'");
        Assert.Equal(FindingSeverity.Note, note.Severity);
        Assert.Contains("nothing was checked", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_is_not_there_is_an_error_of_its_own() =>
        Assert.Equal("BgpPathNotFound", _shell.Fail($"Test-BgpClusterConfiguration '{_folder.FullName}/none.yaml'"));

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
