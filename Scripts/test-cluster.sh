#!/bin/bash
# Tests swift_emotion.batch on a Ray cluster of three nodes on this machine, one of which is killed.
#
#   test-cluster.sh [PICTURES]        400 by default; WHEEL names a wheel that is built already
#
# Says why where it cannot.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if ! python=$(Scripts/make-python-environment.sh cluster) || ! Scripts/make-python-environment.sh tools >/dev/null; then
    echo "skipped: the cluster; an environment with Ray cannot be made (the message is above)"
    exit 0
fi
"$python" -m pip --disable-pip-version-check install --quiet --no-deps --force-reinstall "${WHEEL:-$(Scripts/build-wheel.sh)}"
export RAY_USAGE_STATS_ENABLED=0 RAY_DEDUP_LOGS=0
"$python" Python/cluster/test_cluster.py "${1:-400}"
