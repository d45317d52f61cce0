@{
    RootModule = 'bin/BgpLoadBalancer.dll'
    ModuleVersion = '0.1.0'
    CompatiblePSEditions = @('Core')
    GUID = 'b3f0a6c4-5d0e-4b7a-9a53-1c6f1f2d7e84'
    Author = 'The BgpLoadBalancer authors'
    CompanyName = 'The BgpLoadBalancer authors'
    Copyright = 'The BgpLoadBalancer authors. Apache License 2.0.'
    Description = 'A BGP load balancer for bare-metal Kubernetes: BGP speakers, peers, sessions and routes in PowerShell.'
    PowerShellVersion = '7.6'
    FormatsToProcess = @('bin/BgpLoadBalancer.Format.ps1xml')
    CmdletsToExport = @(
        'Add-BgpAddressPool'
        'Add-BgpControlPlanePeer'
        'Add-BgpRoute'
        'Connect-BgpCluster'
        'Disconnect-BgpCluster'
        'Export-BgpClusterConfiguration'
        'Get-BgpAddressPool'
        'Get-BgpAdvertisedRoute'
        'Get-BgpCluster'
        'Get-BgpControlPlanePeer'
        'Get-BgpController'
        'Get-BgpFloatingIP'
        'Get-BgpLoadBalancer'
        'Get-BgpNode'
        'Get-BgpNodeAgent'
        'Get-BgpPeer'
        'Get-BgpPlan'
        'Get-BgpRoute'
        'Get-BgpService'
        'Get-BgpSession'
        'Get-BgpSpeaker'
        'Get-BgpStatistics'
        'Get-NetworkGatewayGroup'
        'Import-BgpClusterConfiguration'
        'Invoke-BgpReconciliation'
        'New-BgpLoadBalancer'
        'New-BgpPeer'
        'New-NetworkGatewayGroup'
        'Remove-BgpControlPlanePeer'
        'Remove-BgpLoadBalancer'
        'Remove-BgpPeer'
        'Remove-BgpRoute'
        'Remove-NetworkGatewayGroup'
        'Reset-BgpSession'
        'Set-BgpLoadBalancer'
        'Set-BgpPeer'
        'Set-NetworkGatewayGroup'
        'Start-BgpController'
        'Start-BgpNodeAgent'
        'Start-BgpSpeaker'
        'Stop-BgpController'
        'Stop-BgpNodeAgent'
        'Stop-BgpSpeaker'
        'Test-BgpClusterConfiguration'
        'Test-BgpPeering'
        'Wait-BgpSession'
        'Watch-BgpSession'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('BGP', 'LoadBalancer', 'Kubernetes', 'BareMetal', 'Networking', 'Routing', 'PSEdition_Core', 'Linux')
            LicenseUri = 'https://www.apache.org/licenses/LICENSE-2.0'
        }
    }
}
