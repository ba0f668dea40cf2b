#!/bin/bash
# Builds the Python wheel with the library, the libraries it needs and the weights inside, and prints its path.
#
#   build-wheel.sh        into Python/dist; PYTHON names the interpreter for the tools, 3.9 or later
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
library=$(Scripts/build-library.sh)
python=$(Scripts/make-python-environment.sh tools)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp -r Python/swift_emotion Python/pyproject.toml Python/setup.py Python/README.md LICENSE "$folder"
find "$folder" -name __pycache__ -prune -exec rm -r {} +
package=$folder/swift_emotion
mkdir "$package/weights" "$folder/licenses"
cp Weights/*.safetensors "$package/weights"
cp Weights/*.md "$folder/licenses"
strip --strip-unneeded "$library/libemotion.so.1" -o "$package/libemotion.so"
# The licences of the libraries that come along, where the system's packages tell them.
ldd "$package/libemotion.so" | awk '$2 == "=>" { print $3 }' | while read -r file; do
    owner=$(dpkg-query --search "$(realpath "$file")" 2>/dev/null | head -n 1 | sed 's/:.*//') || continue
    notice=/usr/share/doc/$owner/copyright
    [ -z "$owner" ] || [ "$owner" = libc6 ] || [ ! -f "$notice" ] || cp "$notice" "$folder/licenses/$owner.txt"
done

"$python" -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir "$folder/plain" "$folder" >&2
rm -rf Python/dist
PATH=$(dirname "$python"):$PATH "$python" -m auditwheel repair --wheel-dir Python/dist "$folder"/plain/*.whl >&2
ls "$PWD"/Python/dist/*.whl
