using BgpLoadBalancer.Cluster.Resources;
using BgpLoadBalancer.Module.Tests.Engine;
using BgpLoadBalancer.PowerShell.Runtime;

namespace BgpLoadBalancer.Module.Tests.Commands.Connections;

/// <summary>Passwords of peers (R5, R28): from manifests into a cluster, and nowhere else.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Encoded = "aHVudGVyMg==";
    private const string Text = $"apiVersion: v1\nkind: Secret\nmetadata: {{name: tor, namespace: cluster-bm}}\ndata:\n  password: {Encoded} # not to be lost\n";

    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public SecretTests() => _clusters = new(_shell);

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void One_that_was_connected_is_in_the_cluster_and_stays_in_its_file_as_it_was()
    {
        string folder = _clusters.Copy("separate-planes");
        File.WriteAllText(Path.Combine(folder, "secret.yaml"), Text);
        string name = _clusters.Connect(folder);
        Assert.Equal(Encoded, Secret(name).Data["password"]);
        string replacement = _clusters.Write("new.yaml", Text.Replace(Encoded, "bmV3ZXI=", StringComparison.Ordinal));
        Assert.Equal(["Changed Secret cluster-bm/tor"], _shell.Run($"Import-BgpClusterConfiguration '{replacement}' | ForEach-Object {{ \"$($_.Change) $_\" }}"));
        Assert.Equal("bmV3ZXI=", Secret(name).Data["password"]);

        string target = Path.Combine(_clusters.Work.FullName, "out");
        _ = _shell.Run("Set-BgpPeer bgppeer1 -PasswordSecret tor");
        Assert.Equal(["Secret cluster-bm/tor"], Warned($"Export-BgpClusterConfiguration '{target}/'"));
        Assert.Equal(Text, File.ReadAllText(Path.Combine(target, "secret.yaml")));
    }

    [Fact]
    public void One_that_was_imported_is_in_the_cluster_and_not_in_an_export()
    {
        string name = _clusters.Connect("separate-planes");
        string file = _clusters.Write("secret.yaml", Text);
        string said = string.Join('\n', _shell.Render($"Import-BgpClusterConfiguration '{file}' -WhatIf; Import-BgpClusterConfiguration '{file}'"));
        Assert.Contains("Secret", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Encoded, said, StringComparison.Ordinal);
        Assert.Equal(Encoded, Secret(name).Data["password"]);
        Assert.Empty(_shell.Run($"Import-BgpClusterConfiguration '{file}'"));

        string target = Path.Combine(_clusters.Work.FullName, "all.yaml");
        Assert.Empty(Warned($"Export-BgpClusterConfiguration '{target}'"));
        Assert.DoesNotContain(Encoded, File.ReadAllText(target), StringComparison.Ordinal);
        _ = _shell.Run("Set-BgpPeer bgppeer1 -PasswordSecret tor");
        Assert.Equal(["Secret cluster-bm/tor"], Warned($"Export-BgpClusterConfiguration '{target}' -Force"));
    }

    [Theory]
    [InlineData("Test-BgpClusterConfiguration '{0}' | ForEach-Object {{ \"$_ $($_.Value) $($_.Line) $($_.Path)\" }}")]
    [InlineData("Import-BgpClusterConfiguration '{0}'")]
    [InlineData("Connect-BgpCluster '{0}' -Name never")]
    public void What_is_no_base_64_is_said_by_its_place_without_the_value(string command)
    {
        _ = _clusters.Connect("separate-planes");
        string file = _clusters.Write("secret.yaml", Text.Replace(Encoded, "hunter2!", StringComparison.Ordinal));
        Result result = _shell.Invoke(string.Format(null, command, file));
        string said = string.Join('\n', [.. result.Output.Select(item => $"{item}"), .. result.Errors.Select(error => $"{error} {error.TargetObject}")]);
        Assert.Contains("data.password", said, StringComparison.Ordinal);
        Assert.Contains("not base 64", said, StringComparison.Ordinal);
        Assert.Contains("secret.yaml:5", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }

    // Of which Secrets an export says that they are not in it.
    private IEnumerable<string> Warned(string export) =>
        _shell.Run($"$w = $null; {export} -WarningVariable w -WarningAction SilentlyContinue > $null; $w | ForEach-Object {{ \"$_\" }}").Cast<string>().Select(warning => warning.Split(" is named by")[0]);

    private static SecretResource Secret(string cluster)
    {
        Assert.True(ClusterTable.TryGet(cluster, out ConnectedCluster? connected));
        SecretResource? secret = connected.Store.GetAsync<SecretResource>("cluster-bm", "tor", TestContext.Current.CancellationToken).Result;
        Assert.NotNull(secret);
        return secret;
    }
}
