#!/bin/bash
# Makes the Python environment with Schemathesis, Server/.venv, and prints where its program is; says why it cannot.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
environment=Server/.venv
program=$environment/bin/schemathesis

if ! "$program" --version >/dev/null 2>&1; then
    rm -rf "$environment"
    "${PYTHON:-python3}" -m venv "$environment" >&2 || { echo "no Python environment can be made" >&2; exit 1; }
    "$environment/bin/pip" install --quiet "schemathesis==4.32.5" >&2 || {
        echo "Schemathesis cannot be installed" >&2
        exit 1
    }
fi
echo "$PWD/$program"
