#!/bin/bash
# Runs fuzz targets beside each other and says how many inputs each took; fails when any of them finds something.
#
#   run-fuzz.sh SECONDS "LIBFUZZER OPTIONS" TARGET…
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

seconds=$1
read -ra limits <<<"$2"
shift 2
findings=Fuzz/Findings
declare -A runs
for target in "$@"; do
    mkdir -p "$findings/$target"
    nice -n 10 Fuzz/.build/release/fuzz "$target" -max_total_time="$seconds" "${limits[@]}" -print_final_stats=1 \
        -artifact_prefix="$findings/$target-" "$findings/$target" "Fuzz/Corpus/$target" \
        >"$findings/$target.log" 2>&1 &
    runs[$target]=$!
done
status=0
for target in "$@"; do
    if wait "${runs[$target]}"; then result=clean; else result=FINDING status=1; fi
    inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$findings/$target.log")
    printf '%-10s %-8s %s inputs\n' "$target" "$result" "${inputs:-unknown}"
    [ "$result" = clean ] || tail -n 40 "$findings/$target.log"
done
exit "$status"
