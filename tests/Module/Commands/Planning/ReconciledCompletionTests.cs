using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Planning;

/// <summary>What is offered of the things that a controller writes down.</summary>
public sealed class ReconciledCompletionTests : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ExampleClusters _clusters;

    public ReconciledCompletionTests()
    {
        _clusters = new(_shell);
        _ = _clusters.Connect("separate-planes");
        _ = _shell.Run("Invoke-BgpReconciliation");
    }

    public void Dispose()
    {
        _clusters.Dispose();
        _shell.Dispose();
    }

    [Theory]
    [InlineData("Get-BgpAdvertisedRoute ", "10.0.0.2/32 10.0.0.1/32")]
    [InlineData("Get-BgpAdvertisedRoute -Name default-gke", "default-gke-system-istio-ingress")]
    [InlineData("Get-BgpService -Namespace ", "default gke-system")]
    [InlineData("Get-BgpSession ", "10.0.3.254")]
    [InlineData("Wait-BgpSession -PeerIPAddress 10.0.3", "10.0.3.254")]
    public void Of_the_connected_cluster(string text, string offered) => Assert.Equal(offered.Split(' '), _shell.Complete(text));

    [Fact]
    public void A_speaker_that_is_named_goes_before_the_cluster() => Assert.DoesNotContain("10.0.3.254", _shell.Complete("Get-BgpSession -Speaker nobody -PeerIPAddress "));
}
