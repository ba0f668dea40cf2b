#!/bin/bash
# Installs the command from a clone with `make install`, renames the clone, and checks that what was installed works
# alone: weights, manual page, completions, and the errors where the weights are gone. `make uninstall` leaves nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD
# Kept between runs, so that only what has changed is compiled; nothing in it is part of the package.
folder=$repository/.build-install
prefix=$folder/prefix
mkdir -p "$folder"
rm -rf "$prefix" "$folder/staged" "$folder/renamed"

# The checkout as it is at hand: what git knows of and what is new.
mkdir -p "$folder/clone"
git ls-files --cached --others --exclude-standard -z | tar --null --ignore-failed-read --files-from=- --create --file=- 2>/dev/null \
    | tar -C "$folder/clone" --extract --file=-
(cd "$folder/clone" && find . -path ./.build -prune -o -path ./Apps/.build -prune -o -type f -print0) \
    | while IFS= read -r -d '' file; do [ -e "$repository/$file" ] || rm -f "$folder/clone/$file"; done

tests=0
failures=0
# check SENTENCE OBSERVED EXPECTED
check() {
    tests=$((tests + 1))
    if [ "$2" = "$3" ]; then
        echo "✔ Test $1 passed after 0 seconds."
    else
        failures=$((failures + 1))
        echo "✘ Test $1 failed after 0 seconds with 1 issue: '$2' observed, '$3' expected"
    fi
}
# Whether the text has the words in it.
has() { case "$1" in *"$2"*) echo yes ;; *) echo no ;; esac; }

make -C "$folder/clone" --no-print-directory install PREFIX="$prefix"
make -C "$folder/clone" --no-print-directory install PREFIX=/usr DESTDIR="$folder/staged" >/dev/null
mv "$folder/clone" "$folder/renamed"
trap 'mv "$folder/renamed" "$folder/clone"' EXIT

emotion=$prefix/bin/emotion
photograph=$folder/renamed/Tests/EmotionDetectionTests/Fixtures/astronaut.png
answer=$(cd / && "$emotion" analyze --json "$photograph")
check "the installed command analyses a photograph" "$(has "$answer" '"dominant_emotion":"happy"')" yes
check "weights come with their licences" "$(grep -l "Copyright (c) 2022 OpenAI" "$prefix/share/swift-emotion/voice_emotion.md" | wc -l)" 1
doctor=$(cd / && "$emotion" doctor)
check "the doctor names the installed weights" "$(has "$doctor" "$prefix/share/swift-emotion/mtcnn.safetensors")" yes
check "the doctor names the folders in their order" \
    "$(grep -c "$prefix/bin/Weights (beside the program).*$prefix/share/swift-emotion (installed)" <<<"$doctor" || true)" 1
linked=$(cd / && ln -sf "$emotion" "$folder/link" && "$folder/link" detect "$photograph" && rm "$folder/link")
check "a link to the command finds the weights" "$(has "$linked" "1 face")" yes
check "the manual page describes every command" \
    "$(grep -cE '^\.SS emotion (analyze|detect|video|practice|report|fuse|evaluate|doctor)$' "$prefix/share/man/man1/emotion.1")" 8
if command -v groff >/dev/null; then
    check "the manual page is right roff" "$(groff -man -Tutf8 -ww "$prefix/share/man/man1/emotion.1" 2>&1 >/dev/null)" ""
fi
bash -n "$prefix/share/bash-completion/completions/emotion"
check "bash completes the command" "$(bash -c '. "$1"; complete -p emotion >/dev/null && echo yes' - "$prefix/share/bash-completion/completions/emotion")" yes
check "zsh completes the command" "$(head -1 "$prefix/share/zsh/site-functions/_emotion")" "#compdef emotion"
check "fish completes the command" "$(grep -c -- "-c 'emotion'\|-c emotion" "$prefix/share/fish/vendor_completions.d/emotion.fish" | grep -vc '^0$')" 1
check "DESTDIR goes before the prefix" "$([ -x "$folder/staged/usr/bin/emotion" ] && echo yes)" yes

# Without weights the error names the folders that were searched, and one of the user's own helps.
mv "$prefix/share/swift-emotion" "$prefix/weights"
message=$(cd / && "$emotion" detect "$photograph" 2>&1 >/dev/null || true)
check "the error names the folders" "$(has "$message" "$prefix/share/swift-emotion (installed)")" yes
check "the error is one line" "$(wc -l <<<"$message")" 1
named=$(cd / && "$emotion" detect --weights-folder "$prefix/weights" "$photograph")
check "a folder named by option is searched" "$(has "$named" "1 face")" yes
named=$(cd / && SWIFT_EMOTION_WEIGHTS="$prefix/weights" "$emotion" detect "$photograph")
check "a folder named by the environment is searched" "$(has "$named" "1 face")" yes
mv "$prefix/weights" "$prefix/share/swift-emotion"
cp "$prefix/share/swift-emotion"/*.safetensors "$prefix/bin"
rm -r "$prefix/share/swift-emotion"
check "weights beside the command are found" "$(has "$(cd / && "$emotion" detect "$photograph")" "1 face")" yes

make -C "$folder/renamed" --no-print-directory uninstall PREFIX=/usr DESTDIR="$folder/staged" >/dev/null
check "uninstall leaves no file" "$(find "$folder/staged" -type f | wc -l)" 0

echo "Test run with $tests tests in 1 suite finished with $failures failures."
[ "$failures" = 0 ]
