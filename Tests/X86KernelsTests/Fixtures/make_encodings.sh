#!/usr/bin/env bash
# Writes Fixtures/encodings_*.txt: each instruction of EncodingListing.swift with the bytes GNU as makes of it.
# Needs binutils. Run from the root of the package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fixtures=Tests/X86KernelsTests/Fixtures
ENCODINGS_FOLDER=$folder swift test --filter writesTheListings >/dev/null
for name in vex evex; do
    listing=$folder/encodings_$name.s
    # Registers 16 and up force EVEX by themselves; the prefix keeps the others from becoming VEX.
    if [ "$name" = evex ]; then sed 's/^v/{evex} v/' "$listing" >"$folder/input.s"; else cp "$listing" "$folder/input.s"; fi
    as -o "$folder/out.o" "$folder/input.s" -aln="$folder/list"
    # Long encodings continue on further lines of the listing, which repeat the line number without the text.
    awk 'NF == 2 { bytes[$1] = bytes[$1] tolower($2); next }
         { bytes[$1] = tolower($3); count = $1 }
         END { for (i = 1; i <= count; i++) print bytes[i] }' "$folder/list" >"$folder/bytes"
    paste "$folder/bytes" "$listing" >"$fixtures/encodings_$name.txt"
done
