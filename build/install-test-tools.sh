#!/bin/sh
# Installs what the tests need and this machine lacks. Starts no service. Without root or apt it says what is missing: the tests
# that need it are then skipped.
set -eu

wanted='bird2:birdc frr:vtysh gobgpd:gobgpd iproute2:ip iputils-arping:arping gcc:gcc procps:sysctl zlib1g-dev:/usr/include/zlib.h'
PATH=$PATH:/usr/sbin:/sbin

absent=
for pair in $wanted; do
    thing=${pair#*:}
    case $thing in
        /*) [ -e "$thing" ] && continue ;;
        *) command -v "$thing" >/dev/null 2>&1 && continue ;;
    esac
    absent="$absent ${pair%%:*}"
done
[ -n "$absent" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Not installed, for want of root or apt:$absent. The tests that need them are skipped."
    exit 0
fi

# Debian's packages start their services when they are installed, unless this file says no. One that is there already is left alone.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

echo "Installing$absent"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# shellcheck disable=SC2086  # one word a package
if { apt-get update -q && apt-get install -q -y --no-install-recommends $absent; } >"$log" 2>&1; then
    rm -f "$log"
else
    tail -n 20 "$log"
    rm -f "$log"
    echo "Not installed, apt failed:$absent. The tests that need them are skipped."
fi
