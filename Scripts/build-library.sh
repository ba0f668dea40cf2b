#!/bin/bash
# Builds libemotion.so.1 with Swift inside and no symbols but the header's, and prints the folder where it and its link for
# compilers lie.
#
#   build-library.sh [thread | address]     with a sanitizer, in a folder of its own
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../Bindings"

sanitizer=${1:-}
scratch=$PWD/.build${sanitizer:+-$sanitizer}
# A program's own Swift runtime and the library's never meet: neither sees the other's symbols.
flags=(-c release --static-swift-stdlib -Xswiftc -static-stdlib --scratch-path "$scratch")
flags+=(-Xlinker "--version-script=$PWD/libemotion.map" -Xlinker -soname=libemotion.so.1)
[ -z "$sanitizer" ] || flags+=("--sanitize=$sanitizer")
swift build "${flags[@]}" --product emotion >&2

folder=$scratch/library
mkdir -p "$folder"
# Moved into place: a program that runs with the old one keeps it.
cp "$scratch/release/libemotion.so" "$folder/libemotion.new"
mv -f "$folder/libemotion.new" "$folder/libemotion.so.1"
ln -sf libemotion.so.1 "$folder/libemotion.so"
echo "$folder"
