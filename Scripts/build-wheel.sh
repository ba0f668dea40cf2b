#!/bin/bash
# Builds the Python wheel with the library, the libraries it needs and the weights inside, and prints its path.
#
#   build-wheel.sh        into Python/dist; PYTHON names the interpreter for the tools, 3.10 or later
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# First what may be missing, then what takes minutes.
python=$(Scripts/make-python-environment.sh tools)
library=$(Scripts/build-library.sh)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp -r Python/swift_emotion Python/pyproject.toml Python/setup.py Python/README.md LICENSE "$folder"
find "$folder" -name __pycache__ -prune -exec rm -r {} +
package=$folder/swift_emotion
mkdir "$package/weights" "$folder/licenses"
# The voice and the model of meaning are not in the interface, and the voice's weights are not for every use.
find Weights -maxdepth 1 -name '*.safetensors' ! -name 'voice_*' ! -name 'all_minilm_*' -exec cp {} "$package/weights" \;
find Weights -maxdepth 1 -name '*.md' ! -name 'voice_*' ! -name 'all_minilm_*' -exec cp {} "$folder/licenses" \;
strip --strip-unneeded "$library/libemotion.so.1" -o "$package/libemotion.so"
# The licences of the libraries that come along, from the system's packages: none may be left out.
while read -r file; do
    real=$(realpath "$file")
    # A file that was installed to /lib before that was a link to /usr/lib is still known by its old name.
    owner=$(dpkg-query --search "$real" 2>/dev/null || dpkg-query --search "${real#/usr}" 2>/dev/null) ||
        { echo "no licence known: no package has $real" >&2; exit 1; }
    owner=${owner%%:*}
    [ "$owner" != libc6 ] || continue
    cp "/usr/share/doc/$owner/copyright" "$folder/licenses/$owner.txt" || { echo "no licence known: $real" >&2; exit 1; }
done < <(ldd "$package/libemotion.so" | awk '$2 == "=>" { print $3 }')

"$python" -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation --wheel-dir "$folder/plain" "$folder" >&2
rm -rf Python/dist
PATH=$(dirname "$python"):$PATH "$python" -m auditwheel repair --wheel-dir Python/dist "$folder"/plain/*.whl >&2
ls "$PWD"/Python/dist/*.whl
