#requires -Version 7.6
<#
The main job in a minute, on loopback and without privileges: a cluster announces a control-plane VIP and two services to two
top-of-rack routers, with every load-balancer node as a next hop. The routers are passive speakers of the same module.
Each step is shown, done, and checked; the first that is not as it should be ends the script with an error.
#>
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../BgpLoadBalancer.psd1"

function Say([string] $Text) { $Host.UI.WriteLine("`n# $Text") }

# Shows each command as it would be typed, runs it and shows what it gives. All of that is in $shown then, for the checks.
function Step([scriptblock] $Commands) {
    $script:shown = foreach ($command in $Commands.Ast.EndBlock.Statements) {
        $Host.UI.WriteLine("PS> $command")
        $output = & ([scriptblock]::Create($command))
        $output | Out-Default
        $output
    }
}

function Check([string] $What, [scriptblock] $Condition) {
    if (-not (& $Condition)) { throw "Not as it should be: $What" }
    $Host.UI.WriteLine("  ok  $What")
}

# Waits for what routers do after a command has returned here. Bounded.
function Await([string] $What, [scriptblock] $Condition) {
    $end = [DateTime]::UtcNow.AddSeconds(10)
    while (-not (& $Condition) -and [DateTime]::UtcNow -lt $end) { [System.Threading.Thread]::Sleep(20) }
    Check $What $Condition
}

$nodes = '10.0.1.10', '10.0.1.11', '10.0.1.12'
$nodes6 = '2001:db8:1::10', '2001:db8:1::11', '2001:db8:1::12'

# In a shell that has speakers of its own, those stay untouched.
$names = 'tor1', 'tor2', 'cluster'
if (Get-BgpSpeaker | Where-Object Name -in $names) { throw "Speakers named $($names -join ', ') are started here; stop yours of these names first (Stop-BgpSpeaker)." }

try {
    Say 'Two top-of-rack routers: they wait for the cluster and take several paths a prefix (ADD-PATH).'
    Step {
        Start-BgpSpeaker tor1 -LocalASN 65000 -LocalIPAddress 127.0.0.1 -Port 0 -Passive
        Start-BgpSpeaker tor2 -LocalASN 65000 -LocalIPAddress 127.0.0.2 -Port 0 -Passive
        'tor1', 'tor2' | ForEach-Object { New-BgpPeer cluster 127.0.0.10 65001 -Speaker $_ }
    }
    $tor1, $tor2 = Get-BgpSpeaker tor1, tor2

    Say 'The cluster dials both.'
    Step {
        Start-BgpSpeaker cluster -LocalASN 65001 -LocalIPAddress 127.0.0.10
        New-BgpPeer tor1 127.0.0.1 65000 -Speaker cluster -Port $tor1.Port
        New-BgpPeer tor2 127.0.0.2 65000 -Speaker cluster -Port $tor2.Port
        Get-BgpPeer -Speaker cluster | Get-BgpSession | Wait-BgpSession -State Established -TimeoutSec 20
    }
    Check 'two sessions are Established' { @(Get-BgpSession -Speaker cluster -State Established).Count -eq 2 }
    Check 'both carry several paths a prefix' { @(Get-BgpSession -Speaker cluster | Where-Object AddPath).Count -eq 2 }

    Say 'It announces the VIP of its control plane and of two services, one of them with IPv6 too, by three next hops each.'
    Step {
        Add-BgpRoute 203.0.113.8 -NextHop $nodes -Speaker cluster
        Add-BgpRoute 203.0.113.1, 203.0.113.2 -NextHop $nodes -Speaker cluster
        Add-BgpRoute 2001:db8::1 -NextHop $nodes6 -Speaker cluster
    }
    foreach ($router in 'tor1', 'tor2') {
        Await "$router has twelve paths" { @(Get-BgpRoute -Speaker $router -Direction Received).Count -eq 12 }
    }
    Say 'What each router sees.'
    Step {
        Get-BgpRoute -Speaker tor1 -Direction Received
        Get-BgpRoute -Speaker tor2 -Direction Received
    }
    Check 'the next hops of 203.0.113.2 are the three nodes, at both' { "$((Get-BgpRoute 203.0.113.2 -Speaker tor1).NextHop) $((Get-BgpRoute 203.0.113.2 -Speaker tor2).NextHop)" -eq "$nodes $nodes" }
    Check 'every path comes from AS 65001 alone' { @(Get-BgpRoute -Speaker tor1 -Direction Received | Where-Object { "$($_.AsPath)" -ne '65001' }).Count -eq 0 }

    Say 'Node 10.0.1.12 goes into maintenance: it leaves one service, and only that path is withdrawn.'
    Step { Remove-BgpRoute 203.0.113.1 -NextHop 10.0.1.12 -Speaker cluster }
    foreach ($router in 'tor1', 'tor2') {
        Await "$router reaches 203.0.113.1 by two nodes" { @(Get-BgpRoute 203.0.113.1 -Speaker $router).Count -eq 2 }
    }
    Check 'nothing else has changed' { @(Get-BgpRoute -Speaker tor1 -Direction Received).Count -eq 11 }
    Check 'no session was disturbed' { @(Get-BgpSession -Speaker cluster | Where-Object Flaps -gt 0).Count -eq 0 }

    Say 'A new node tries its peerings before it joins, straight down the pipeline.'
    Step {
        'tor1', 'tor2' | ForEach-Object { New-BgpPeer newnode 127.0.0.11 65001 -Speaker $_ }
        Get-BgpPeer -Speaker cluster | Test-BgpPeering -LocalIPAddress 127.0.0.11 -AdvertiseIPAddress 203.0.113.9
    }
    $tests = $shown | Where-Object { $_.psobject.TypeNames[0] -like '*.BgpPeeringTest' }
    Check 'both peerings succeed' { @($tests | Where-Object Succeeded).Count -eq 2 }
    Check 'both routers were sent the VIP' { @($tests | Where-Object { $_.AdvertisedPrefix -contains '203.0.113.9/32' }).Count -eq 2 }
    foreach ($router in 'tor1', 'tor2') {
        Await "nothing of the test is left on $router" { @(Get-BgpRoute -Speaker $router -Direction Received).Count -eq 11 }
    }

    Say 'With the wrong ASN it says what is wrong and what to look at.'
    Step {
        Test-BgpPeering 127.0.0.1 -PeerASN 65000 -LocalASN 65009 -LocalIPAddress 127.0.0.11 -Port $tor1.Port
    }
    $wrong = $shown
    Check 'it fails' { -not $wrong.Succeeded }
    Check 'the advice names the ASN' { $wrong.Advice -like '*65009*' }

    Say 'The cluster leaves: its routes are gone at once, and the routers know why.'
    Step {
        Stop-BgpSpeaker cluster
        Get-BgpSession 127.0.0.10 -Speaker tor1 | Wait-BgpSession -State Active -TimeoutSec 5
    }
    foreach ($router in 'tor1', 'tor2') {
        Await "$router has no path left" { @(Get-BgpRoute -Speaker $router -Direction Received).Count -eq 0 }
        Check "$router was told by a Cease" { (Get-BgpSession 127.0.0.10 -Speaker $router).LastError -like '*Administrative Shutdown*' }
    }
}
finally {
    Get-BgpSpeaker | Where-Object Name -in $names | Stop-BgpSpeaker
}
Check 'all speakers are stopped' { -not (Get-BgpSpeaker | Where-Object Name -in $names) }
$Host.UI.WriteLine("`nAll as it should be.")
