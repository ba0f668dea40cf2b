#!/bin/bash
# Prints the path of a Python with what is needed for a part of the work, in a folder of its own, and makes it where there
# is none. Where that fails it says why and ends with status 1.
#
#   make-python-environment.sh tools      what builds the wheel
#   make-python-environment.sh test       NumPy and what the wheel's tests need; not the wheel
#   make-python-environment.sh cluster    the same, Ray and Spark
#
# PYTHON names the interpreter to make it from, 3.9 or later.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Python"
requirements=$PWD/requirements-$1.txt
[ -f "$requirements" ] || { echo "no such environment: $1" >&2; exit 2; }
folder=$PWD/.venv/$1
python=$folder/bin/python

if ! cmp --silent "$requirements" "$folder/made-from"; then
    rm -rf "$folder"
    log=$(mktemp)
    if ! { "${PYTHON:-python3}" -m venv "$folder" && "$python" -m pip --disable-pip-version-check install --quiet -r "$requirements"; } >"$log" 2>&1; then
        echo "an environment of $requirements cannot be made: $(grep -v '^[[:space:]]*$' "$log" | tail -n 1)" >&2
        rm -rf "$log" "$folder"
        exit 1
    fi
    rm -f "$log"
    cp "$requirements" "$folder/made-from"
fi
echo "$python"
