#!/bin/bash
# Tests the practice page: its pure modules under Node, and the whole page in headless Chromium against the built service.
#
#   test-page.sh [unit | browser]
#
# A part that this machine cannot run is skipped, and it says why.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0

unit() {
    if ! command -v node >/dev/null; then
        echo "skipped: the page's modules; node (20 or later) is not installed"
        return
    fi
    local major
    major=$(node --version | sed -E 's/^v([0-9]+).*/\1/')
    if [ "$major" -lt 20 ]; then
        echo "skipped: the page's modules; node $(node --version) is older than 20"
        return
    fi
    # From 22 on Node recognises modules by itself.
    local options=()
    [ "$major" -ge 22 ] || options=(--experimental-default-type=module --no-warnings)
    (cd Server/Tests/Page/unit && node "${options[@]}" --test --test-reporter=./reporter.js ./*.test.js) || status=1
}

case "${1:-all}" in
all) unit ;;
unit) unit ;;
*)
    echo "unknown part of the page's tests: $1" >&2
    exit 2
    ;;
esac
exit "$status"
