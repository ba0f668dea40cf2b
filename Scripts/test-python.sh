#!/bin/bash
# Builds the Python wheel, installs it into a fresh virtual environment and tests it there.
#
#   test-python.sh [PYTEST OPTION…]       WHEEL names one that is built already
#
# Says why where it cannot: without Python 3.11 or the package index there is nothing to test with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
checkout=$PWD

if ! command -v "${PYTHON:-python3}" >/dev/null; then
    echo "skipped: the Python package; ${PYTHON:-python3} is not installed"
    exit 0
fi
if ! python=$(Scripts/make-python-environment.sh test) || ! Scripts/make-python-environment.sh tools >/dev/null; then
    echo "skipped: the Python package; an environment for its tests cannot be made (the message is above)"
    exit 0
fi
wheel=${WHEEL:-$(Scripts/build-wheel.sh)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Fresh: the packages that the tests need are lent by another environment, this one has the wheel alone.
"$python" -m venv "$folder/venv"
"$python" -c 'import site; print(site.getsitepackages()[0])' >"$(echo "$folder"/venv/lib/python*/site-packages)/lent.pth"
"$folder/venv/bin/python" -m pip --disable-pip-version-check install --quiet --no-deps "$wheel"
cd "$folder"
"$folder/venv/bin/python" -m pytest -q -p no:cacheprovider "$@" "$checkout/Python/tests"
