namespace BgpLoadBalancer.Module.Tests.Commands.Clusters;

/// <summary>One change by each cmdlet that edits a cluster, for tests of what they have in common.</summary>
internal static class ClusterEdits
{
    /// <summary>Each with the action that -WhatIf names, and the kind that must not be there beforehand.</summary>
    public static TheoryData<string, string, string> All => new()
    {
        { "New-BgpPeer tor3 10.9.0.12 65003 -Label serves=true", "Add BGP peer 10.9.0.12 (AS 65003)", "" },
        { "Set-BgpPeer tor1 -Sessions 1", "Change BGP peer", "" },
        { "Remove-BgpPeer tor2", "Remove BGP peer", "" },
        { "New-BgpLoadBalancer serves=true", "Add BGP load balancer", "BGPLoadBalancer" },
        { "Set-BgpLoadBalancer rack=r1", "Change BGP load balancer", "" },
        { "Remove-BgpLoadBalancer", "Remove BGP load balancer", "" },
        { "New-NetworkGatewayGroup 10.0.1.100, 10.0.1.101", "Add network gateway group", "NetworkGatewayGroup" },
        { "Set-NetworkGatewayGroup -AddFloatingIPAddress 10.0.1.102", "Change floating IPs: add 10.0.1.102", "" },
        { "Remove-NetworkGatewayGroup", "Remove network gateway group", "" },
        { "Add-BgpControlPlanePeer 10.8.0.12 65002", "Add control-plane peer 10.8.0.12 (AS 65002)", "" },
        { "Remove-BgpControlPlanePeer 10.8.0.11", "Remove control-plane peer 10.8.0.11", "" },
        { "Add-BgpAddressPool pool2 10.9.9.0/24", "Add address pool pool2 (10.9.9.0/24)", "" },
    };
}
