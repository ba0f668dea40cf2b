#!/bin/bash
# Prints the path of a Python with what is needed for a part of the work, in a folder of its own, and makes it where there
# is none. Where that fails it says why and ends with status 1.
#
#   make-python-environment.sh tools      what builds the wheel
#   make-python-environment.sh test       NumPy and what the wheel's tests need; not the wheel
#   make-python-environment.sh cluster    the same, Ray and Spark
#
# PYTHON names the interpreter to make it from: 3.10 or later for the tools, 3.11 or later for the tests.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Python"
requirements=$PWD/requirements-$1.txt
[ -f "$requirements" ] || { echo "no such environment: $1" >&2; exit 2; }
folder=$PWD/.venv/$1
python=$folder/bin/python
base=${PYTHON:-python3}

command -v "$base" >/dev/null || { echo "$base is not installed" >&2; exit 1; }
# Debian's python3 comes without, and its venv says so in the middle of a page.
"$base" -c 'import ensurepip, venv' 2>/dev/null || { echo "python3-venv is missing: apt install python3-venv" >&2; exit 1; }
# Another interpreter, or another version of the same, needs another environment.
made_from=$("$base" -c 'import sys; print(sys.executable, sys.version)' | tr '\n' ' '; cat "$requirements")
if [ "$made_from" != "$(cat "$folder/made-from" 2>/dev/null)" ] || ! "$python" -c '' 2>/dev/null; then
    rm -rf "$folder"
    log=$(mktemp)
    if ! { "$base" -m venv "$folder" && "$python" -m pip --disable-pip-version-check install --quiet -r "$requirements"; } >"$log" 2>&1; then
        echo "an environment of $requirements cannot be made: $(grep -v '^[[:space:]]*$' "$log" | tail -n 1)" >&2
        rm -rf "$log" "$folder"
        exit 1
    fi
    rm -f "$log"
    printf '%s\n' "$made_from" >"$folder/made-from"
fi
echo "$python"
