#!/bin/sh
# The tasks of this repository without PowerShell; build.ps1 is the same with it. The work itself is in build/Tasks.proj.
set -eu
cd "$(dirname "$0")"

usage() {
    cat <<'TEXT'
usage: ./build.sh [TASK]
  build       build everything; bin/ then holds what people run (the default)
  quickstart  build and run the main job on loopback, without privileges
  test        install what the tests need where that is allowed, and run all of them
  bench       measure, side by side with the routers installed
  release     make the native single files in artifacts/release
  clean       remove everything that was built
TEXT
}

missing() {
    echo "build.sh: $1" >&2
    exit 3
}

[ $# -le 1 ] || { usage >&2; exit 2; }
case "${1:-build}" in
    build) target=Build ;;
    quickstart) target=Quickstart ;;
    test) target=Test ;;
    bench) target=Bench ;;
    release) target=Release ;;
    clean) target=Clean ;;
    help | -h | --help) usage; exit 0 ;;
    *) echo "build.sh: there is no task '$1'." >&2; usage >&2; exit 2 ;;
esac

# The SDK needs no ICU for this, and Debian does not bring it.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=1

command -v git >/dev/null 2>&1 || missing "git is missing. On Debian: apt-get install git"
command -v dotnet >/dev/null 2>&1 ||
    missing "the .NET SDK 10.0 is missing: there is no 'dotnet' on the PATH. Get it from https://dotnet.microsoft.com/download/dotnet/10.0"
# In this folder dotnet obeys global.json, so it answers only with an SDK that will do.
dotnet --version >/dev/null 2>&1 ||
    missing "the .NET SDK 10.0 is missing; $(command -v dotnet) has: $(dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -s -d ' ' - | sed 's/^$/no SDK/'). Get it from https://dotnet.microsoft.com/download/dotnet/10.0"

status=0
dotnet msbuild build/Tasks.proj -t:"$target" -m -nologo -v:minimal -tl:off -nodeReuse:false || status=$?
# The summary comes after everything that MSBuild says.
if [ "$target" = Test ] && [ -f artifacts/test-results/summary.txt ]; then
    echo
    cat artifacts/test-results/summary.txt
fi
exit "$status"
