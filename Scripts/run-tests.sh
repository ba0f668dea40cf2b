#!/bin/bash
# Runs the tests of the packages, names what failed, and ends with one line: `N passed, M failed`. Fails when any test does.
#
#   run-tests.sh all | unit | numerics | apps | modules | install | consumer | concurrency | bindings | library | python |
#                service | server | page | pages | deployment | server-concurrency
#
# unit         root package, debug: every precondition, overflow and bounds check is on; what its modules show to others; and `pages`
# numerics     root package, release: the suites that compare whole networks are too slow in debug and skip there
# apps         nested package, release: the built `emotion` command as a child process
# modules      the practice page's modules under Node
# install      `make install` from a clone, and the installed command with the clone renamed
# consumer     another package that depends on this one by a git URL and a version tag
# concurrency  the suites named Concurrency under ThreadSanitizer
# bindings     the C interface (library) and the Python wheel in a fresh environment (python)
# service      all of the service: `server`, `page` without its modules, `deployment`
#   server     nested package, release: the built `emotion-server` as a child process
#   page       the practice page: its modules, and all of it in headless Chromium against the built service
#   deployment what is installed, the nginx sites and the systemd unit; the container where Docker or Podman is there
# pages        that the pages of measurements are what Benchmarks/Results makes
#
# Not among `all`, which is to stay under 45 minutes on two cores:
#
# server-concurrency  the tests of `server` under ThreadSanitizer, with a service that is built with it as well
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0
failed=0
summary=()
failures=()

# begin NAME COMMAND…: starts the command. finish NAME: shows its output up to its end, counts the tests that it reports;
# skipped ones do not count. phase NAME COMMAND…: both.
declare -A command running begun
begin() {
    local name=$1
    shift
    command[$name]=$*
    begun[$name]=$EPOCHSECONDS
    # Into a file, not a pipe: of a burst of lines some were once lost on the way through one, and not counted.
    : >"$logs/$name"
    "$@" >"$logs/$name" 2>&1 &
    running[$name]=$!
}
finish() {
    local name=$1 log="$logs/$1" status good bad named
    echo "== $name: ${command[$name]}"
    tail --pid="${running[$name]}" --lines=+1 --sleep-interval=0.2 --follow "$log"
    wait "${running[$name]}" && status=0 || status=$?
    # As text, whatever bytes a test's arguments have: of a binary file grep tells no lines.
    good=$(grep -aE '✔ Test .* passed after ' "$log" | grep -avcE '✔ Test run with')
    mapfile -t named < <(grep -aE '✘ Test .* failed after ' "$log" | grep -avE '✘ Test run with')
    bad=${#named[@]}
    failures+=("${named[@]/#/$name: }")
    # A crash or a build error has no failed test to its name; it still is one failure. So is a part that ran nothing and
    # did not say why.
    if [ "$bad" = 0 ] && { [ "$status" != 0 ] || { [ "$good" = 0 ] && ! grep -aq '^skipped: ' "$log"; }; }; then
        bad=1
        failures+=("$name: ended with status $status, no test of its own failed, $good passed; its last lines:" "$(tail -n 5 "$log")")
    fi
    passed=$((passed + good))
    failed=$((failed + bad))
    # Up to its last line: it may have ended while another was waited for.
    summary+=("$(printf '%-12s %4d passed, %d failed  (%d s)' "$name" "$good" "$bad" $(($(stat --format=%Y "$log") - begun[$name])))")
}
phase() {
    begin "$@"
    finish "$1"
}

unit() {
    phase unit swift test --disable-xctest
    if command -v python3 >/dev/null; then
        phase symbols Scripts/check-public-symbols.py
    else
        phase symbols echo "skipped: what the modules show to other packages; there is no python3"
    fi
    pages
}
pages() {
    if command -v python3 >/dev/null; then
        phase pages Scripts/check-pages.py
    else
        phase pages echo "skipped: whether the pages of measurements say what was measured; there is no python3"
    fi
}
numerics() { phase numerics swift test --disable-xctest -c release -Xswiftc -enable-testing; }
apps() { phase apps swift test --disable-xctest --package-path Apps -c release; }
# Each test starts servers of its own: one after the other, so that times mean something. Built as `swift build` does it, so
# that the page's tests need no build of their own.
server_tests=(swift test --disable-xctest --disable-testable-imports --no-parallel --package-path Server -c release)
server() {
    # What only some of its tests need; without it they say that they are skipped, and why.
    Scripts/install-dependencies.sh curl faketime nginx-light postgresql ||
        echo "not installed: some of curl, faketime, nginx-light, postgresql"
    SCHEMATHESIS=$(Scripts/make-schemathesis-environment.sh) || SCHEMATHESIS=
    export SCHEMATHESIS
    phase server "${server_tests[@]}"
}
server-concurrency() {
    # A report ends the service that it is about, so that its test fails; what it says is shown.
    TSAN_OPTIONS=halt_on_error=1:suppressions=$PWD/Server/Tests/thread-sanitizer.txt:log_path=$logs/report \
        phase server-concurrency "${server_tests[@]}" --sanitize=thread --scratch-path Server/.build-thread
    cat "$logs"/report.* 2>/dev/null
}
service() {
    if ! Scripts/install-dependencies.sh libsqlite3-dev libpq-dev curl; then
        phase server echo "skipped: the service; libsqlite3-dev, libpq-dev or curl cannot be installed here"
        return
    fi
    server
    phase page Scripts/test-page.sh browser
    deployment
}
deployment() {
    phase deployment Scripts/test-deployment.sh
    phase container Scripts/test-container.sh
}
modules() { phase modules Scripts/test-page.sh unit; }
page() { phase page Scripts/test-page.sh; }
install() { "${1:-phase}" install Scripts/test-install.sh; }
consumer() { "${1:-phase}" consumer Scripts/test-consumer.sh; }
library() {
    Scripts/install-dependencies.sh gcc g++ valgrind || echo "not installed: gcc, g++, valgrind"
    phase library Scripts/test-library.sh
}
python() { phase python Scripts/test-python.sh; }
bindings() { library; python; }
concurrency() {
    # Of the targets of tests those alone that have such suites, and nothing but what they need: with all of them it is three
    # times the work. A plan that was made for others is not kept.
    local targets
    targets=$(grep -rl Concurrency --include='*.swift' Tests/*Tests | cut -d / -f 2 | sort --unique | paste -sd , -)
    rm -f .build-thread/*.yaml
    # Needs no suppressions: OpenBLAS is not instrumented, but held to one thread it shares nothing between calls.
    EMOTION_TEST_TARGETS=$targets TSAN_OPTIONS=halt_on_error=1 \
        "${1:-phase}" concurrency swift test --disable-xctest -c release -Xswiftc -enable-testing --sanitize=thread --scratch-path .build-thread \
        --test-product swift-emotionPackageTests --filter Concurrency
}

# Three that are compilation above all and measure nothing: beside one another they leave no processor idle.
compiled() {
    install begin
    consumer begin
    concurrency begin
    finish install
    finish consumer
    finish concurrency
}

case "${1:-all}" in
all) unit; numerics; apps; modules; compiled; bindings; service ;;
unit | numerics | apps | modules | install | consumer | concurrency | bindings | library | python | service | server | page | \
    pages | deployment | server-concurrency)
    "$1"
    ;;
*)
    echo "unknown part of the tests: $1" >&2
    exit 2
    ;;
esac

printf '%s\n' "" "${failures[@]}" "${summary[@]}" "$passed passed, $failed failed"
[ "$failed" = 0 ]
