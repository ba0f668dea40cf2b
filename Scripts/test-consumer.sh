#!/bin/bash
# Builds the README's example in a package of its own that depends on this one by a git URL, in the README's words and by
# the version tag that CONTRIBUTING.md describes, runs it, and checks that nothing but this package was fetched for it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
repository=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Branch and tag exist in a clone only. What is not committed yet is part of it too, so that the check sees the code at hand.
git clone --quiet --no-hardlinks "$repository" "$folder/swift-emotion"
git -C "$repository" ls-files --deleted -z | (cd "$folder/swift-emotion" && xargs -0 --no-run-if-empty rm -f)
git -C "$repository" ls-files --modified --others --exclude-standard -z \
    | tar -C "$repository" --null --ignore-failed-read --files-from=- --create --file=- 2>/dev/null \
    | tar -C "$folder/swift-emotion" --extract --file=-
cd "$folder/swift-emotion"
git add --all
git -c user.name=consumer -c user.email=consumer@example.invalid commit --quiet --allow-empty --message "Release"
git checkout --quiet -B main
git tag --force v0.1.0 >/dev/null
requirement=$(sed -n 's/.*\.package(url: "<this repository>", \([^)]*\)).*/\1/p' README.md)

mkdir -p "$folder/consumer/Sources/consumer"
cd "$folder/consumer"
cat >Package.swift <<SWIFT
// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "consumer",
    dependencies: [.package(url: "file://$folder/swift-emotion", $requirement)],
    targets: [
        .executableTarget(
            name: "consumer",
            dependencies: [
                .product(name: "EmotionDetection", package: "swift-emotion"),
                .product(name: "ImageCodecs", package: "swift-emotion"),
            ]),
        .target(name: "recording", dependencies: [.product(name: "InterviewRecording", package: "swift-emotion")]),
        // One program a product, to see what each of them loads.
        .executableTarget(name: "codecs", dependencies: [.product(name: "ImageCodecs", package: "swift-emotion")]),
        .executableTarget(name: "interview", dependencies: [.product(name: "InterviewAnalysis", package: "swift-emotion")]),
        .executableTarget(name: "tensors", dependencies: [.product(name: "TensorEngine", package: "swift-emotion")]),
    ])
SWIFT
# The program is the one that the README shows, beside the functions of the page on faces; that of the page on recording
# stands alone, since sessions need Foundation.
awk '/^```swift$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$repository/README.md" >Sources/consumer/Example.swift
awk '/^```swift$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$repository/Docs/Faces.md" >Sources/consumer/Faces.swift
mkdir Sources/recording Sources/codecs Sources/interview Sources/tensors
cat >Sources/codecs/main.swift <<'SWIFT'
import ImageCodecs
print((try? ImageDecoder.decode([])) == nil)
SWIFT
cat >Sources/interview/main.swift <<'SWIFT'
import InterviewAnalysis
print(StressConfiguration())
SWIFT
cat >Sources/tensors/main.swift <<'SWIFT'
import TensorEngine
print(Tensor(zeros: [2, Size(side: 3).area]).shape)
SWIFT
awk '/^```swift$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$repository/Docs/Recording.md" >Sources/recording/Recording.swift

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

swift build -c release
check "fetches this package alone" "$(ls .build/checkouts)" swift-emotion
mkdir tagged
sed 's/, [a-z]*: "[^"]*")\],/, from: "0.1.0")],/' Package.swift >tagged/Package.swift
mkdir -p tagged/Sources/consumer
echo 'print("resolved")' >tagged/Sources/consumer/main.swift
swift package --package-path tagged resolve
check "resolves by a version tag" "$(git -C tagged/.build/checkouts/swift-emotion describe --tags --exact-match)" v0.1.0
# The build works from the checkout: without the clone beside it, nothing is missing.
mv "$folder/swift-emotion" "$folder/moved"
photograph=$folder/moved/Tests/EmotionDetectionTests/Fixtures/astronaut.png
answer=$(.build/release/consumer "$photograph")
check "runs the README's example from another package" "${answer%% *}" happy
# loaded PROGRAM LIBRARY…: those of the libraries that the program loads, one a line.
loaded() {
    local program=.build/release/$1 pattern
    shift
    pattern=$(IFS='|'; echo "$*")
    ldd "$program" | grep -oE "lib($pattern)[.0-9]*\.so" | sort --unique | tr '\n' ' '
}
system=(openblas gfortran lapacke turbojpeg png16 crypto Foundation)
check "EmotionDetection loads no Foundation" "$(loaded consumer Foundation)" ""
check "ImageCodecs loads its codecs alone" "$(loaded codecs "${system[@]}")" "libpng16.so libturbojpeg.so "
check "TensorEngine loads its matrix product and digests" "$(loaded tensors "${system[@]}")" \
    "libcrypto.so libgfortran.so libopenblas.so "
check "InterviewAnalysis loads no library but Swift's" "$(loaded interview "${system[@]}" | sed 's/libFoundation[a-zA-Z]*.so //g')" ""

echo "Test run with $tests tests in 1 suite finished with $failures failures."
[ "$failures" = 0 ]
