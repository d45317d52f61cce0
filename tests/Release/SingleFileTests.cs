using System.Net;
using System.Text.Json;
using BgpLoadBalancer.Bgp;

namespace BgpLoadBalancer.Release.Tests;

/// <summary>Runs the native bgpadvertiser as it would be shipped: one file, no runtime to be found.</summary>
public sealed class SingleFileTests
{
    [Fact]
    public void It_is_alone_in_its_folder() =>
        Assert.Equal([Path.GetFileName(SingleFile.Executable())], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(SingleFile.Executable())!).Select(Path.GetFileName));

    [Fact]
    public async Task It_starts_without_a_runtime_and_explains_its_flags()
    {
        (int code, string output, string error) = await SingleFile.RunAsync("--help");
        Assert.True(code == 0, error);
        Assert.Contains("--advertise-ip", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_ends_it_with_2_and_is_named()
    {
        (int code, string output, string error) = await SingleFile.RunAsync("--config", "no-such-file.yaml", "--advertise-ip", "10.0.0.1");
        Assert.Equal(2, code);
        Assert.Contains("no-such-file.yaml", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_checks_a_peering()
    {
        await using BgpSpeaker router = new(new() { LocalAsn = 65000, BgpIdentifier = IPAddress.Loopback, Listen = [new(IPAddress.Loopback, 0)] });
        router.AddPeer(new() { PeerAddress = IPAddress.Parse("127.0.4.1"), PeerAsn = 65500, Connect = false, Accept = true });
        router.Start();
        string config = Path.GetTempFileName();
        try
        {
            string text = $"localIP: 127.0.4.1\nlocalASN: 65500\npeers: [{{peerIP: 127.0.0.1, peerASN: 65000, peerPort: {router.ListenEndPoints[0].Port}}}]\n";
            await File.WriteAllTextAsync(config, text, TestContext.Current.CancellationToken);
            (int code, string output, string error) = await SingleFile.RunAsync("--config", config, "--advertise-ip", "10.0.0.8", "--check", "--timeout", "20");

            Assert.True(code == 0, output + error);
            JsonElement result = JsonSerializer.Deserialize<JsonElement>(output);
            Assert.True(result.GetProperty("established").GetBoolean());
            Assert.Equal("10.0.0.8/32", result.GetProperty("advertisedPrefix").GetString());
            Assert.Contains("BGP_FSM_ESTABLISHED", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(config);
        }
    }
}
