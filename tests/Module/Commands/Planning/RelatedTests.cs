using BgpLoadBalancer.Module.Tests.Engine;

namespace BgpLoadBalancer.Module.Tests.Commands.Planning;

/// <summary>What comes down the pipeline stands for what it has to do with, and never for everything.</summary>
public sealed class RelatedTests : ReconciledExample
{
    [Theory]
    [InlineData("Get-BgpSession | Get-BgpNode", "node-04 node-05")]
    [InlineData("Get-BgpFloatingIP 10.0.3.101 | Get-BgpNode", "node-04")]
    [InlineData("Get-BgpAdvertisedRoute *ingress | Get-BgpNode", "")]
    [InlineData("Get-BgpAdvertisedRoute -Name *ingress | Get-BgpNode", "node-01 node-02 node-03")]
    [InlineData("Get-BgpService istio-ingress | Get-BgpNode", "node-01 node-02 node-03")]
    [InlineData("Get-BgpNode node-02 | Get-BgpNode", "node-02")]
    [InlineData("Get-BgpSession | Get-BgpNode node-01", "")]
    [InlineData("Get-BgpPlan -DrainNode node-04 | Get-BgpNode", "node-04 node-05 node-04 node-05")]
    [InlineData("Get-BgpCluster | Where-Object IsDefault | Get-BgpNode node-0[12]", "node-01 node-02")]
    [InlineData("'node-03' | Get-BgpNode", "node-03")]
    public void Nodes(string script, string names) => Assert.Equal(names, Joined(script));

    [Theory]
    [InlineData("Get-BgpSession 10.0.3.254 -Node node-04 | Get-BgpFloatingIP", "10.0.3.101")]
    [InlineData("Get-BgpFloatingIP | Get-BgpFloatingIP", "10.0.3.100 10.0.3.101")]
    [InlineData("Get-BgpPlan -DrainNode node-04 | Get-BgpFloatingIP", "10.0.3.101")]
    [InlineData("Get-BgpNode | Get-BgpFloatingIP", "10.0.3.101 10.0.3.100")]
    [InlineData("'10.0.3.100' | Get-BgpFloatingIP", "10.0.3.100")]
    public void Floating_ips(string script, string names) => Assert.Equal(names, Joined(script));

    [Theory]
    [InlineData("Get-BgpPlan -DrainNode node-04 | Get-BgpSession", "10.0.3.254-node-04")]
    [InlineData("Get-BgpPlan -DrainNode node-01 | Get-BgpSession", "")]
    [InlineData("Get-BgpPlan -DrainNode node-04 | Wait-BgpSession -State Unknown -TimeoutSec 5", "10.0.3.254-node-04")]
    [InlineData("Get-BgpPlan -DrainNode node-01 | Wait-BgpSession -TimeoutSec 5", "")]
    [InlineData("Get-BgpNode node-05 | Get-BgpSession", "10.0.3.254-node-05")]
    public void Sessions(string script, string names) => Assert.Equal(names, Joined(script));

    [Theory]
    [InlineData("Get-BgpService istio-ingress | Get-BgpAdvertisedRoute", "default-gke-system-istio-ingress")]
    [InlineData("Get-BgpNode node-05 | Get-BgpAdvertisedRoute", "")]
    [InlineData("Get-BgpNode node-03 | Get-BgpAdvertisedRoute", "default-default-load-balancer-example default-gke-system-istio-ingress")]
    [InlineData("Get-BgpPlan -DrainNode node-04 | Get-BgpAdvertisedRoute", "")]
    [InlineData("Get-BgpAdvertisedRoute | Get-BgpAdvertisedRoute", "default-default-load-balancer-example default-gke-system-istio-ingress")]
    public void Routes(string script, string names) => Assert.Equal(names, Joined($"{script} | ForEach-Object Name"));

    [Theory]
    [InlineData("Get-BgpAdvertisedRoute 10.0.0.1 | Get-BgpService", "gke-system/istio-ingress")]
    [InlineData("Get-BgpPlan -DrainNode node-04 | Get-BgpService", "")]
    [InlineData("Get-BgpService istio-ingress | Get-BgpService", "gke-system/istio-ingress")]
    public void Services(string script, string names) => Assert.Equal(names, Joined(script));

    [Fact]
    public void A_service_that_is_not_in_a_namespace_is_named_with_it_among_those_there_are()
    {
        string error = Assert.Single(Shell.Invoke("Get-BgpService istio-ingress -Namespace default").Errors).ToString();
        Assert.EndsWith("has no service of type LoadBalancer 'default/istio-ingress'. It has: default/load-balancer-example, gke-system/istio-ingress.", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_brings_the_port_of_its_peer_to_a_test()
    {
        Assert.Equal("179 179", Joined("Get-BgpSession | ForEach-Object Port"));
        _ = Shell.Run("Set-BgpPeer bgppeer1 -Port 1 -PeerIPAddress 127.0.3.254 -WarningAction Ignore; Invoke-BgpReconciliation");
        Assert.Contains(
            "127.0.3.254:1:",
            Joined("Get-BgpSession -Node node-04 | ForEach-Object { $_ | Test-BgpPeering -LocalIPAddress 127.0.0.1 -TimeoutSec 5 } | ForEach-Object Error"),
            StringComparison.Ordinal);
    }

    private string Joined(string script) => string.Join(' ', Shell.Run(script));
}
