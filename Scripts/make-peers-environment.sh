#!/bin/bash
# Prints the path of a Python that has everything `make bench-peers` compares with, and makes it where there is none:
# Benchmarks/Peers/.venv, about 2 GB. Where that fails it says which step failed, and why.
#
#   make-peers-environment.sh      PYTHON names the interpreter to make it from, 3.11 or later; one that has the
#                                  packages already is taken as it is
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Benchmarks/Peers"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

complete() { "$1" -c 'import ai_edge_litert, facenet_pytorch, fastapi, onnx, onnxruntime, openvino, timm, torch, torchvision, uvicorn' 2>"$log"; }

# step WORDS COMMAND…: runs the command quietly; where it fails, says what was tried and its last words.
step() {
    local words=$1
    shift
    "$@" >"$log" 2>&1 && return
    {
        echo "bench-peers cannot run: $words failed (status $?):"
        grep -v '^[[:space:]]*$' "$log" | tail -n 4 | sed 's/^/    /'
        echo "PYTHON=/path/to/python make bench-peers uses an interpreter that has Benchmarks/Peers/requirements.txt."
    } >&2
    exit 1
}

for python in ${PYTHON:-} .venv/bin/python; do
    if complete "$python"; then
        realpath --no-symlinks "$(command -v "$python")"
        exit
    fi
done
echo "making Benchmarks/Peers/.venv; this takes some minutes, once" >&2
step "finding a Python of version 3.11 or later (${PYTHON:-python3})" \
    "${PYTHON:-python3}" -c 'import sys; assert sys.version_info >= (3, 11), sys.version'
step "making a virtual environment (Debian: apt install python3-venv)" "${PYTHON:-python3}" -m venv .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check install --quiet "$@"; }
torch() {
    # The ordinary wheels for Linux ask for gigabytes of a GPU's libraries; they are taken where there are no others.
    local packages=() plain=() version
    for package in torch torchvision; do
        version=$(sed -n "s/^$package==//p" requirements.txt)
        packages+=("$package==$version+cpu")
        plain+=("$package==$version")
    done
    pip "${packages[@]}" || pip --index-url https://download.pytorch.org/whl/cpu "${packages[@]}" || pip "${plain[@]}"
}
step "installing PyTorch" torch
step "installing Benchmarks/Peers/requirements.txt" pip -r requirements.txt
step "installing facenet-pytorch" pip --no-deps facenet-pytorch==2.6.0
step "loading what was installed" complete .venv/bin/python
realpath --no-symlinks .venv/bin/python
