#!/bin/bash
# A whole training run in two minutes on two cores: the pipeline's tests, then data → cleaning → training → weight file,
# which the built `emotion` command then opens and answers with. Skips, with the reason, where PyTorch or data are missing.
#
#   train-smoke.sh EMOTION        PYTHON and TRAINING_DATA name another interpreter and another data folder
set -euo pipefail
emotion=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../Weights/Training"
data=${TRAINING_DATA:-../../../shared}

skip() {
    echo "train-smoke skipped: $1"
    exit 0
}

# The interpreter that was named, the environment that `make training-environment` leaves, or the ordinary one.
python=
for candidate in ${PYTHON:-.venv/bin/python python3}; do
    if "$candidate" -c 'import pytest, safetensors, emotion_training.timm_import' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || skip "no Python with PyTorch, timm and pytest; \`make training-environment\` makes one"
for file in fer2013/train.npz fer2013/public_test.tar fer2013/public_test.csv webfaces/train.npz; do
    [ -f "$data/$file" ] || skip "$data/$file is missing"
done

begin=$SECONDS
# So little work gains nothing from more threads, and those that wait for one another spin where a machine is busy.
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
"$python" -m pytest -q
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$python" -m emotion_training train recipes/smoke.toml --data "$data" --out "$out"
mkdir "$out/faces"
tar -xf "$data/fer2013/public_test.tar" -C "$out/faces" --wildcards '*/2871*.png'
"$emotion" evaluate "$out/faces" --weights "$out/smoke.safetensors" | sed -n 1,3p
echo "train-smoke passed in $((SECONDS - begin)) s"
