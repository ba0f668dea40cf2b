#!/bin/bash
# Tests the practice page: its pure modules under Node, and the whole page in headless Chromium against the built service.
#
#   test-page.sh [unit | browser | quick]
#   test-page.sh quick              one session in the browser from consent to report, and no more
#   test-page.sh screenshots        makes the pictures of Docs/Images/practice-*.png instead
#
# A part that this machine cannot run is skipped, and it says why. EMOTION_SERVER names a service that is built already.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tests=Server/Tests/Page
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
    (cd "$tests/unit" && node "${options[@]}" --test --test-reporter=./reporter.js ./*.test.js) || status=1
}

# Makes ready what the browser needs: Chromium and its driver, ffmpeg, a Python environment, the service. Says why not.
prepare() {
    local missing=() as_root=()
    command -v chromium >/dev/null || missing+=(chromium)
    command -v chromedriver >/dev/null || missing+=(chromium-driver)
    command -v ffmpeg >/dev/null || missing+=(ffmpeg)
    if [ ${#missing[@]} -gt 0 ]; then
        [ "$(id -u)" = 0 ] || as_root=(sudo --non-interactive)
        echo "installing ${missing[*]}" >&2
        if ! { "${as_root[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive \
            "${as_root[@]}" apt-get install --yes --no-install-recommends "${missing[@]}"; } >&2; then
            echo "skipped: the page in a browser; ${missing[*]} cannot be installed here"
            return 1
        fi
    fi
    python=${PAGE_PYTHON:-$tests/.venv/bin/python}
    if ! "$python" -c 'import selenium, importlib.util as u; assert u.find_spec("axe_playwright_python")' 2>/dev/null; then
        if ! { python3 -m venv "$tests/.venv" && "$tests/.venv/bin/pip" install --quiet -r "$tests/browser/requirements.txt" &&
            "$tests/.venv/bin/pip" install --quiet --no-deps -r "$tests/browser/requirements-axe.txt"; }; then
            echo "skipped: the page in a browser; its Python environment cannot be made (the message is above)"
            return 1
        fi
        python=$tests/.venv/bin/python
    fi
    server=${EMOTION_SERVER:-}
    [ -z "$server" ] || return 0
    Scripts/install-dependencies.sh libsqlite3-dev
    swift build --package-path Server -c release --product emotion-server || { status=1; return 1; }
    server=Server/.build/release/emotion-server
}

browser() {
    prepare || return 0
    PYTHONDONTWRITEBYTECODE=1 "$python" "$tests/browser/test_page.py" \
        "$(realpath "$server")" "$(command -v chromium)" "$(command -v chromedriver)" "$@" || status=1
}

quick() { browser quick; }

screenshots() {
    prepare || exit 1
    PYTHONDONTWRITEBYTECODE=1 "$python" "$tests/browser/screenshots.py" \
        "$(realpath "$server")" "$(command -v chromium)" "$(command -v chromedriver)" Docs/Images || status=1
}

case "${1:-all}" in
all) unit; browser ;;
unit | browser | quick | screenshots) "$1" ;;
*)
    echo "unknown part of the page's tests: $1" >&2
    exit 2
    ;;
esac
exit "$status"
