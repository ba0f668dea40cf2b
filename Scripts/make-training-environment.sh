#!/bin/bash
# Makes Weights/Training/.venv: PyTorch for processors alone (a few hundred megabytes), and what else the pipeline needs.
#
#   make-training-environment.sh      PYTHON names the interpreter to make it from, 3.11 or later
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Weights/Training"
[ -x .venv/bin/python ] && .venv/bin/python -c 'import pytest, emotion_training.timm_import' 2>/dev/null && exit 0
"${PYTHON:-python3}" -m venv .venv
torch=$(sed -n 's/^torch==//p' requirements.txt)
# PyPI's own wheel for Linux asks for gigabytes of a GPU's libraries; the one without lies in PyTorch's index, if not nearer.
.venv/bin/pip install --quiet "torch==$torch+cpu" ||
    .venv/bin/pip install --quiet --index-url https://download.pytorch.org/whl/cpu "torch==$torch+cpu"
.venv/bin/pip install --quiet -r requirements.txt
