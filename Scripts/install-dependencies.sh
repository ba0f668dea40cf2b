#!/bin/bash
# Installs the system libraries that are missing, and only those, so that a complete machine needs no rights at all.
#
#   install-dependencies.sh [PACKAGE…]   what the library and the command need, and the packages named besides
set -euo pipefail

packages=(libopenblas-dev liblapacke-dev libturbojpeg0-dev libpng-dev libssl-dev pkg-config "$@")

if ! command -v dpkg-query >/dev/null; then
    echo "not a Debian machine: install the equivalents of ${packages[*]} by hand" >&2
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "installing ${missing[*]}" >&2
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
"${as_root[@]}" apt-get update
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install --yes --no-install-recommends "${missing[@]}"
