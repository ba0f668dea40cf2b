#!/bin/bash
# Tests the C interface: the library's symbols, every wrong argument, what it answers, the example under gcc, with
# AddressSanitizer and under valgrind, and an installed copy.
#
#   test-library.sh                       with the library as it ships
#   test-library.sh thread | address      the same tests with Swift itself under that sanitizer; builds it anew
#
# CYCLES (1,000) and PICTURES (200) say how often a detector is made and freed, and how many pictures are looked at, before
# memory must be flat.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
sanitizer=${1:-}
for program in gcc g++; do
    command -v $program >/dev/null || { echo "skipped: the C interface; $program is not installed"; exit 0; }
done
library=$(Scripts/build-library.sh "$sanitizer")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
photograph=$PWD/Tests/EmotionDetectionTests/Fixtures/astronaut.png
header=Bindings/Sources/CEmotion/include/emotion.h
cycles=${CYCLES:-1000}
pictures=${PICTURES:-200}
status=0

# check SENTENCE OBSERVED EXPECTED
check() {
    if [ "$2" = "$3" ]; then
        echo "✔ Test $1 passed after 0 seconds."
    else
        status=1
        echo "✘ Test $1 failed after 0 seconds with 1 issue: '$2' observed, '$3' expected"
    fi
}
# compiled NAME FILE COMPILER…: a program of the file, linked with the library and with what is in `last`.
last=()
compiled() {
    local name=$1 file=$2
    shift 2
    "$@" -std=c11 -D_DEFAULT_SOURCE -O1 -g -Wall -Wextra -Wno-unused-function -Werror -I Bindings/Sources/CEmotion/include \
        -I Bindings/Tests "Bindings/$file.c" -o "$folder/$name" -L"$library" -lemotion -lpthread -lm -Wl,-rpath,"$library" \
        "${last[@]}"
}
# Runs a program whose own lines say what passed; its end, which they cannot tell of, is a test as well.
run() {
    local ended=0
    "$@" || ended=$?
    check "$(basename "$1") ends as a program does" "$ended" 0
}
# The same where they would repeat what others said: only what failed, and one line at its end.
quietly() {
    local sentence=$1
    shift
    if "$@" >"$folder/log" 2>&1; then
        check "$sentence" passed passed
    else
        grep -v '^✔' "$folder/log" | tail -n 60
        check "$sentence" failed passed
    fi
}

# On one processor: valgrind runs one thread at a time, and those that wait for work would take their turns.
memcheck() {
    taskset --cpu-list 0 valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=definite \
        --errors-for-leak-kinds=definite "$@"
}

if [ -n "$sanitizer" ]; then
    # The compiler that made the library has the sanitizer that it needs, and that of threads needs libdispatch.
    toolchain=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")
    runtime=$toolchain/lib/swift/linux
    [ "$sanitizer" != thread ] || last=(-L"$runtime" -ldispatch -lBlocksRuntime -Wl,-rpath,"$runtime")
    export TSAN_OPTIONS=halt_on_error=1:suppressions=$PWD/Bindings/Tests/thread-sanitizer.txt ASAN_OPTIONS=detect_leaks=1
    for name in arguments answers; do
        compiled $name Tests/$name "$toolchain/bin/clang" "-fsanitize=$sanitizer"
    done
    run "$folder/arguments" "$photograph"
    # A sanitizer keeps freed memory for a while, so that flat memory is not to be had.
    run "$folder/answers" "$photograph" 0 0
    exit $status
fi

declared=$(sed 's|/\*.*||' "$header" | grep -oE '^[a-z][A-Za-z0-9_ *]*\bemotion_[a-z_]+\(' | grep -oE 'emotion_[a-z_]+\(' | tr -d '(' | sort)
exported=$(nm -D --defined-only --extern-only "$library/libemotion.so" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort)
check "the library exports what the header declares and nothing else" "$exported" "$declared"
check "the header declares all that is documented" "$(wc -l <<<"$declared")" 27
check "the library needs no Swift" "$(ldd "$library/libemotion.so" | grep -ci swift || true)" 0
check "the library has the command's version" \
    "$(sed -n 's/.*version = kept("\(.*\)").*/\1/p' Bindings/Sources/EmotionInterface/Names.swift)" \
    "$(sed -n 's/.*static let release = "\(.*\)".*/\1/p' Apps/Sources/emotion/EmotionCommand.swift)"
check "the header is right C++" "$(g++ -Wall -Wextra -Werror -fsyntax-only -x c++ "$header" 2>&1)" ""

for name in arguments answers; do compiled $name Tests/$name gcc; done
run "$folder/arguments" "$photograph"
run "$folder/answers" "$photograph" "$cycles" "$pictures"
compiled threads Tests/threads gcc -ldl
run "$folder/threads" "$photograph"

compiled faces Examples/faces gcc
# What the page shows, within a program.
{
    printf '#include <emotion.h>\n#include <stdio.h>\nint main(void) {\nemotion_error error = {.struct_size = sizeof error};\n'
    printf 'emotion_detector *detector;\nif (emotion_detector_create(NULL, &detector, &error) != EMOTION_OK) return 1;\n'
    sed -n '/^```c$/,/^```$/{/^```/!p}' Docs/Python.md
    echo 'emotion_free(detector); }'
} >"$folder/page.c"
gcc -std=c11 -Wall -Wextra -Werror -I Bindings/Sources/CEmotion/include "$folder/page.c" -o "$folder/page" -L"$library" -lemotion \
    -Wl,-rpath,"$library"
cp "$photograph" "$folder/photo.jpg"
check "the page shows a program that finds a mesh" "$(cd "$folder" && ./page | cut -d ' ' -f 1-2,4)" "turned by jawOpen"
check "the example is short" "$([ "$(wc -l <Bindings/Examples/faces.c)" -le 60 ] && echo yes)" yes
check "the example finds the face" "$("$folder/faces" "$photograph" | sed -n '2s/ *\([a-z]*\) .*/\1/p')" happy
check "the example says what is no picture" "$("$folder/faces" "$header" 2>&1 >/dev/null | grep -c '(format)')" 1
for name in arguments answers; do compiled $name-address Tests/$name gcc -fsanitize=address,undefined -fno-sanitize-recover=all; done
compiled faces-address Examples/faces gcc -fsanitize=address,undefined -fno-sanitize-recover=all
quietly "the example runs under AddressSanitizer" "$folder/faces-address" "$photograph"
quietly "wrong arguments do no harm under AddressSanitizer" "$folder/arguments-address" "$photograph"
quietly "the answers are right under AddressSanitizer" "$folder/answers-address" "$photograph" 0 0
if command -v valgrind >/dev/null; then
    # Kernels made for the processor at hand have instructions that valgrind may not know.
    export SWIFT_EMOTION_KERNELS=portable OPENBLAS_CORETYPE=Haswell
    # A small photograph: between the two all networks run, and only here is what they read checked.
    quietly "the example runs under valgrind" memcheck "$folder/faces" "$PWD/Bindings/Tests/face.jpg"
    cp Bindings/Tests/face.jpg "$folder/photo.jpg"
    page() { (cd "$folder" && memcheck ./page); }
    quietly "the page's program runs under valgrind" page
    unset SWIFT_EMOTION_KERNELS OPENBLAS_CORETYPE
else
    echo "skipped: the tests under valgrind, which is not installed"
fi

make --no-print-directory install-library PREFIX="$folder/prefix" >/dev/null
export PKG_CONFIG_PATH=$folder/prefix/lib/pkgconfig
gcc Bindings/Examples/faces.c $(pkg-config --cflags --libs libemotion) -o "$folder/installed"
check "a program that pkg-config compiles runs with the installed library" \
    "$(cd / && env -u SWIFT_EMOTION_WEIGHTS LD_LIBRARY_PATH="$folder/prefix/lib" "$folder/installed" "$photograph" | sed -n '2s/ *\([a-z]*\) .*/\1/p')" happy
weights=$folder/prefix/share/swift-emotion
check "the weights of meshes are installed too" "$(find "$weights" -name 'face_*.safetensors' | wc -l)" 2
head -c 1000 Weights/mtcnn.safetensors >"$weights/mtcnn.safetensors"
check "the installed library takes the installed weights" \
    "$(cd / && LD_LIBRARY_PATH="$folder/prefix/lib" "$folder/installed" 2>&1 | grep -c "no detector: .*$weights")" 1
make --no-print-directory uninstall PREFIX="$folder/prefix" >/dev/null
check "uninstalling leaves no file" "$(find "$folder/prefix" -type f -o -type l | wc -l)" 0
exit $status
