namespace BgpLoadBalancer.Module.Tests.Engine;

/// <summary>Everything that the cmdlets over a cluster's resources can change, as text to compare.</summary>
internal static class ClusterState
{
    public static string State(this Shell shell) => string.Join(Environment.NewLine, shell.Run("""
        Get-BgpPeer | ForEach-Object { "$($_.Name) $($_.PeerIPAddress) $($_.PeerASN) $($_.Sessions) $($_.HoldTime) $($_.Port) $($_.Label.Keys)" }
        Get-BgpLoadBalancer | ForEach-Object { "$($_.Name) $($_.PeerSelector.Keys) $($_.PeerSelector.Values)" }
        Get-NetworkGatewayGroup | ForEach-Object { "$($_.Name) $($_.FloatingIPAddress)" }
        Get-BgpControlPlanePeer | ForEach-Object { "$($_.PeerIPAddress) $($_.PeerASN) $($_.Port) $($_.ControlPlaneNode)" }
        Get-BgpAddressPool | ForEach-Object { "$($_.Name) $($_.Address) $($_.AvoidBuggyIPs) $($_.ManualAssign)" }
        """));
}
