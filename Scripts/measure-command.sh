#!/bin/bash
# Times the `emotion` command on the bundled photograph: process start to first result, each further picture of the same
# process, and peak memory. Medians of 15; run it on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command=Apps/.build/release/emotion
picture=Tests/EmotionDetectionTests/Fixtures/astronaut.png
runs=15

median() { sort -n | awk '{ values[NR] = $1 } END { print values[int((NR + 1) / 2)] }'; }

starts() {
    for ((run = 0; run < runs; run++)); do
        begin=${EPOCHREALTIME/./}
        "$command" analyze --json "$picture" >/dev/null
        echo $(((${EPOCHREALTIME/./} - begin) / 1000))
    done
}

pictures() {
    local copies=()
    for ((run = 0; run <= runs; run++)); do copies+=("$picture"); done
    # The first one pays for loading and is left out.
    "$command" analyze --json "${copies[@]}" \
        | sed -E 's/.*"detect":([0-9.]+),"classify":([0-9.]+).*/\1 \2/' | tail -n +2
}

"$command" analyze --json "$picture" >/dev/null # warms the file cache
echo "process start to first result, ms: $(starts | median)"
stages=$(pictures)
echo "detect, 512×512, smallest face 20 px, ms: $(awk '{ print $1 }' <<<"$stages" | median)"
echo "classify, one face, ms: $(awk '{ print $2 }' <<<"$stages" | median)"
if [ -x /usr/bin/time ]; then
    /usr/bin/time --format "peak memory, kB: %M" "$command" analyze --json "$picture" 2>&1 >/dev/null
fi
