#requires -Version 7.6
<#
The main job in a minute, on loopback and without privileges. A cluster of three nodes (examples/quickstart) announces its services to two routers; a
node dies, and its floating IP and next hops move; a router is added; a drain is imagined. The cluster is the embedded store, its controller and its
node agents run in this process, and the routers are passive speakers of the same module: what they show is what came over BGP.
Each step is shown, done, and checked; the first that is not as it should be ends the script with an error.
#>
$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../BgpLoadBalancer.psd1"

function Say([string] $Text) { $Host.UI.WriteLine("`n# $Text") }

# Shows each command as it would be typed, runs it and shows what it gives.
function Step([scriptblock] $Commands) {
    foreach ($command in $Commands.Ast.EndBlock.Statements) {
        $Host.UI.WriteLine("PS> $command")
        & ([scriptblock]::Create($command)) | Out-Default
    }
}

function Check([string] $What, [scriptblock] $Condition) {
    if (-not (& $Condition)) { throw "Not as it should be: $What" }
    $Host.UI.WriteLine("  ok  $What")
}

# Waits for what nodes and routers do after a command has returned here. Bounded.
function Await([string] $What, [scriptblock] $Condition) {
    $end = [DateTime]::UtcNow.AddSeconds(20)
    while (-not (& $Condition) -and [DateTime]::UtcNow -lt $end) { [System.Threading.Thread]::Sleep(20) }
    Check $What $Condition
}

# Each once, in order.
function Join-Value { [System.Collections.Generic.SortedSet[string]]::new([string[]] @($input)) -join ' ' }

# By which nodes a router reaches an address.
function Get-NextHop([string] $Router, [string] $Address) {
    Get-BgpRoute -Speaker $Router -Direction Received | Where-Object Prefix -eq "$Address/32" | ForEach-Object { "$($_.NextHop)" } | Join-Value
}

function Get-Prefix([string] $Router) { Get-BgpRoute -Speaker $Router -Direction Received | ForEach-Object { "$($_.Prefix)" } | Join-Value }

# Does something, and says with the time whatever changes then, until the condition holds. Bounded.
function Watch([System.Collections.Specialized.OrderedDictionary] $Views, [scriptblock] $Do, [scriptblock] $Until) {
    $last = @{}
    foreach ($what in $Views.Keys) { $last[$what] = & $Views[$what] }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    & $Do
    do {
        $isOver = (& $Until) -or $clock.Elapsed.TotalSeconds -gt 30
        foreach ($what in $Views.Keys) {
            $now = & $Views[$what]
            if ($last[$what] -ne $now) { $Host.UI.WriteLine(('{0,6:0.0} s  {1}: {2}' -f $clock.Elapsed.TotalSeconds, $what, $now)) }
            $last[$what] = $now
        }
        [System.Threading.Thread]::Sleep(20)
    } until ($isOver)
}

$config = "$PSScriptRoot/quickstart"
# Seconds. The defaults, which are for a network, are 2, 12, 15, 15 and 10.
$durations = [ordered] @{ RenewIntervalSec = 1; DropTimeSec = 4; LeaseDurationSec = 6; NodeLeaseDurationSec = 5; ReportIntervalSec = 1 }
$vip = '203.0.113.33'

# In a shell that has speakers and clusters of its own, those stay untouched.
$speakers = 'tor1', 'tor2', 'tor3'
if (Get-BgpSpeaker | Where-Object Name -in $speakers) { throw "Speakers named $($speakers -join ', ') are started here; stop yours of these names first (Stop-BgpSpeaker)." }
if (Get-BgpCluster | Where-Object Name -eq quickstart) { throw 'A cluster named quickstart is connected here; disconnect it first (Disconnect-BgpCluster).' }

try {
    Say 'The configuration of a cluster is checked against every rule, then brought in: three nodes, two floating IPs, two routers, three services.'
    Step {
        Test-BgpClusterConfiguration $config -Quiet
        Connect-BgpCluster $config/nodes.yaml -Name quickstart -Namespace cluster-quickstart
        Import-BgpClusterConfiguration $config/cluster.yaml, $config/services.yaml
    }
    Check 'no rule has anything to say' { -not (Test-BgpClusterConfiguration $config) }

    Say 'Two top-of-rack routers. They wait for the floating IPs, on ports that this host chooses, and take several paths a prefix (ADD-PATH).'
    Step {
        Start-BgpSpeaker tor1 -LocalASN 65000 -LocalIPAddress 127.0.0.11 -Port 0 -Passive -AddPath Receive
        Start-BgpSpeaker tor2 -LocalASN 65000 -LocalIPAddress 127.0.0.12 -Port 0 -Passive -AddPath Receive
    }
    foreach ($router in Get-BgpSpeaker tor1, tor2) {
        New-BgpPeer floating1 127.0.1.101 65001 -Speaker $router | Out-Null
        New-BgpPeer floating2 127.0.1.102 65001 -Speaker $router | Out-Null
    }
    Step { Get-BgpSpeaker tor1, tor2 | ForEach-Object { Set-BgpPeer $_.Name -Port $_.Port -PassThru } }

    Say 'What is to be done, and is done: addresses for services, nodes for floating IPs, sessions, routes.'
    Step { Invoke-BgpReconciliation }
    Check 'nothing is left to do' { -not (Get-BgpPlan) }

    Say 'A controller and three node agents go to work. How long leases last, in seconds, is short here, so that failover can be watched.'
    Step {
        $durations
        Start-BgpController @durations
        Start-BgpNodeAgent * -Loopback @durations -NodeRenewIntervalSec 1
        Wait-BgpSession -TimeoutSec 20
    }
    Check 'four sessions are Established, two with each router' { @(Get-BgpSession -State Established).Count -eq 4 }

    Say 'Each floating IP lives on one node, which holds its lease. Every service has its address, and the three nodes take its traffic.'
    Step {
        Get-BgpFloatingIP
        Get-BgpService
    }
    foreach ($router in 'tor1', 'tor2') {
        Await "$router has four prefixes, with three next hops from each floating IP" { @(Get-BgpRoute -Speaker $router -Direction Received).Count -eq 24 }
    }
    Say 'What router tor1 sees of it, in one of its two sessions.'
    Step { Get-BgpRoute -Speaker tor1 -Direction Received | Where-Object PeerIPAddress -eq 127.0.1.101 }

    $dead = Get-BgpFloatingIP 127.0.1.101 | ForEach-Object Node
    $deadHop = Get-BgpNode $dead | ForEach-Object { "$($_.Address)" }
    $prefixes = Get-Prefix tor1
    $lost = [System.Collections.Generic.List[string]]::new()
    $views = [ordered] @{
        "tor1's session with 127.0.1.101" = { Get-BgpSession 127.0.1.101 -Speaker tor1 | ForEach-Object { "$($_.State)" } }
        "tor1 reaches $vip by"            = { Get-NextHop tor1 $vip }
        "tor2's session with 127.0.1.101" = { Get-BgpSession 127.0.1.101 -Speaker tor2 | ForEach-Object { "$($_.State)" } }
        "tor2 reaches $vip by"            = { Get-NextHop tor2 $vip }
        'floating IP 127.0.1.101'         = { Get-BgpFloatingIP 127.0.1.101 | ForEach-Object { "$($_.State) by $($_.Node). $($_.Reason)".TrimEnd() } }
    }
    Say "Node $dead holds 127.0.1.101, and dies: its connections end without a word, its leases run out. The other floating IP's sessions go on."
    Watch $views { Step { Get-BgpFloatingIP 127.0.1.101 | Stop-BgpNodeAgent -Abrupt } } {
        'tor1', 'tor2' | Where-Object { (Get-Prefix $_) -ne $prefixes } | ForEach-Object { $lost.Add($_) }
        (Get-BgpFloatingIP 127.0.1.101).Node -ne $dead -and
        @('tor1', 'tor2' | Where-Object { (Get-BgpSession 127.0.1.101 -Speaker $_).State -eq 'Established' }).Count -eq 2 -and
        -not ('tor1', 'tor2' | Where-Object { (Get-NextHop $_ $vip) -like "*$deadHop*" })
    }
    Check "another node than $dead holds the floating IP" { Get-BgpFloatingIP 127.0.1.101 | Where-Object { $_.State -eq 'Held' -and $_.Node -ne $dead } }
    Check "no router sends anything to $dead" { -not ('tor1', 'tor2' | Get-BgpSpeaker | Get-BgpRoute -Direction Received | Where-Object { "$($_.NextHop)" -eq $deadHop }) }
    Check 'no router was without any of the prefixes for a moment' { $lost.Count -eq 0 }
    Step { Wait-BgpSession -TimeoutSec 10 }

    Say 'It comes back, and takes traffic again. The floating IP stays where it is now: what works is not moved.'
    Step { Start-BgpNodeAgent $dead -Loopback @durations -NodeRenewIntervalSec 1 }
    Await 'three next hops again, at both routers' { -not ('tor1', 'tor2' | Where-Object { (Get-NextHop $_ $vip).Split(' ').Count -ne 3 }) }

    Say 'A third router is added. It gets its sessions; those of the others go on undisturbed.'
    Step { Start-BgpSpeaker tor3 -LocalASN 65000 -LocalIPAddress 127.0.0.13 -Port 0 -Passive -AddPath Receive }
    New-BgpPeer floating1 127.0.1.101 65001 -Speaker tor3 | Out-Null
    New-BgpPeer floating2 127.0.1.102 65001 -Speaker tor3 | Out-Null
    $port = (Get-BgpSpeaker tor3).Port
    $before = Get-BgpSession | ForEach-Object { "$($_.Name) since $($_.EstablishedTime.UtcTicks)" }
    Step {
        Get-BgpPlan -AddPeer @{ PeerIPAddress = '127.0.0.13'; PeerASN = 65000; Sessions = 2; Label = @{ serves = 'true' } }
        New-BgpPeer tor3 127.0.0.13 65000 -Sessions 2 -Label @{ serves = 'true' } -Port $port
        Wait-BgpSession 127.0.0.13 -TimeoutSec 20
    }
    Check 'two sessions came, and the four others are what they were' {
        [string[]] $after = Get-BgpSession | ForEach-Object { "$($_.Name) since $($_.EstablishedTime.UtcTicks)" }
        $after.Count -eq 6 -and @($before | Where-Object { $_ -in $after }).Count -eq 4
    }

    Say 'Before maintenance: what would happen if node cp-1 were drained?'
    $places = Get-BgpFloatingIP | ForEach-Object { "$($_.Address) $($_.Node)" }
    Step { Get-BgpPlan -DrainNode cp-1 }
    Check 'it was only imagined' { "$(Get-BgpFloatingIP | ForEach-Object { "$($_.Address) $($_.Node)" })" -eq "$places" }

    Say 'The controller stops, so that nothing is placed anew, then the nodes: routes are withdrawn at once, and the routers know why.'
    Step {
        Stop-BgpController *
        Stop-BgpNodeAgent *
    }
    foreach ($router in $speakers) {
        Await "$router has no path left" { @(Get-BgpRoute -Speaker $router -Direction Received).Count -eq 0 }
        Await "$router was told by a Cease" { @(Get-BgpSession -Speaker $router | Where-Object LastError -like '*Cease*').Count -eq 2 }
    }
}
finally {
    $mine = Get-BgpCluster | Where-Object Name -eq quickstart
    $mine | Get-BgpNodeAgent | Stop-BgpNodeAgent
    $mine | Get-BgpController | Stop-BgpController
    $mine | Disconnect-BgpCluster | Out-Null
    Get-BgpSpeaker | Where-Object Name -in $speakers | Stop-BgpSpeaker
}
Check 'everything is stopped' { -not (Get-BgpSpeaker | Where-Object Name -in $speakers) -and -not (Get-BgpCluster | Where-Object Name -eq quickstart) }
$Host.UI.WriteLine("`nAll as it should be.")
