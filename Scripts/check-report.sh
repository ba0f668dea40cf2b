#!/bin/bash
# Opens a report in headless Chromium and fails where it logs an error: a refused fetch, a broken style, a script.
# Usage: Scripts/check-report.sh REPORT.html [SCREENSHOT.png [WIDTH HEIGHT]]
set -euo pipefail
report=$(realpath "$1")
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
options=(--headless --no-sandbox --disable-gpu --hide-scrollbars "--user-data-dir=$profile" --enable-logging=stderr)
log="$profile/log"
if [ $# -gt 1 ]; then
    chromium "${options[@]}" "--screenshot=$2" "--window-size=${3:-1280},${4:-2400}" "file://$report" 2> "$log"
else
    chromium "${options[@]}" --dump-dom "file://$report" 2> "$log" > "$profile/page"
fi
if grep 'CONSOLE' "$log"; then
    echo "$report: the browser's console is not empty" >&2
    exit 1
fi
echo "$report: nothing on the browser's console"
