<#
.SYNOPSIS
The tasks of this repository with PowerShell; build.sh is the same without it. The work itself is in build/Tasks.proj.
.PARAMETER Task
Build: everything; bin/ then holds what people run. Quickstart: build and run the main job on loopback, without privileges.
Test: install what the tests need where that is allowed, and run all of them. Bench: measure, side by side with the
routers installed. Release: make the native single files in artifacts/release. Clean: remove everything that was built.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Quickstart', 'Test', 'Bench', 'Release', 'Clean')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
Set-Location -LiteralPath $PSScriptRoot

# The SDK needs no ICU for this, and Debian does not bring it.
$env:DOTNET_SYSTEM_GLOBALIZATION_INVARIANT = '1'
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE = '1'

$download = 'Get it from https://dotnet.microsoft.com/download/dotnet/10.0'
if (-not (Get-Command git -ErrorAction Ignore)) {
    throw 'git is missing. On Debian: apt-get install git'
}
if (-not (Get-Command dotnet -ErrorAction Ignore)) {
    throw "The .NET SDK 10.0 is missing: there is no 'dotnet' on the PATH. $download"
}
# In this folder dotnet obeys global.json, so it answers only with an SDK that will do.
$null = dotnet --version 2>&1
if ($LASTEXITCODE -ne 0) {
    throw "The .NET SDK 10.0 is missing; there is: $((dotnet --list-sdks) -join ', '). $download"
}

dotnet msbuild build/Tasks.proj "-t:$Task" -m -nologo -v:minimal -tl:off -nodeReuse:false
$status = $LASTEXITCODE
# The summary comes after everything that MSBuild says.
$summary = 'artifacts/test-results/summary.txt'
if ($Task -eq 'Test' -and (Test-Path $summary)) {
    ''
    Get-Content $summary
}
exit $status
