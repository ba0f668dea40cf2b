#!/bin/bash
# A whole training run in two minutes on two cores: the tests, then data → cleaning → training → weight file, which the
# built `emotion` command then opens. Skips, with the reason, where PyTorch or the data are not there.
#
#   train-smoke.sh EMOTION        PYTHON and TRAINING_DATA name another interpreter and another data folder
set -euo pipefail
emotion=$(realpath "$1")
cd "$(dirname "${BASH_SOURCE[0]}")/../Weights/Training"
python=${PYTHON:-python3}
data=${TRAINING_DATA:-../../../shared}

skip() {
    echo "train-smoke skipped: $1"
    exit 0
}
"$python" -c 'import torch, timm' 2>/dev/null || "$python" -c 'import emotion_training.timm_import' 2>/dev/null ||
    skip "$python has no torch and timm (pip install -r Weights/Training/requirements.txt)"
[ -f "$data/fer2013/train.npz" ] && [ -f "$data/webfaces/train.npz" ] || skip "$data holds no fer2013 and webfaces"

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$python" -m emotion_training train recipes/smoke.toml --data "$data" --out "$out"
"$emotion" models info --weights "$out/smoke.safetensors"
mkdir -p "$out/faces"
tar -xf "$data/fer2013/public_test.tar" -C "$out/faces" --wildcards '*/2871*.png'
"$emotion" evaluate "$out/faces" --weights "$out/smoke.safetensors" | head -n 3
