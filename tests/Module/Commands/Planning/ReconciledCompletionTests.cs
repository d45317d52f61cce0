using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Planning;

/// <summary>What is offered of the things that a controller writes down.</summary>
public sealed class ReconciledCompletionTests : ReconciledExample
{
    [Theory]
    [InlineData("Get-BgpAdvertisedRoute ", "10.0.0.2/32 10.0.0.1/32")]
    [InlineData("Get-BgpAdvertisedRoute -Name default-gke", "default-gke-system-istio-ingress")]
    [InlineData("Get-BgpService -Namespace ", "default gke-system")]
    [InlineData("Get-BgpSession ", "10.0.3.254")]
    [InlineData("Wait-BgpSession -PeerIPAddress 10.0.3", "10.0.3.254")]
    public void Of_the_connected_cluster(string text, string offered) => Assert.Equal(offered.Split(' '), Shell.Complete(text));

    [Fact]
    public void A_speaker_that_is_named_goes_before_the_cluster() => Assert.DoesNotContain("10.0.3.254", Shell.Complete("Get-BgpSession -Speaker nobody -PeerIPAddress "));
}
