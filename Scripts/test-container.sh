#!/bin/bash
# Builds the image of Server/Deployment/Dockerfile and runs it as that file says, with a name of its own and another port; it has
# to become ready and to be found healthy. Says why where neither Docker nor Podman runs here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool=
for name in docker podman; do
    if command -v "$name" >/dev/null && "$name" info >/dev/null 2>&1; then
        tool=$name
        break
    fi
done
if [ -z "$tool" ]; then
    echo "skipped: the container; neither docker nor podman runs here"
    exit 0
fi

tests=0
failures=0
# check SENTENCE OBSERVED EXPECTED
check() {
    tests=$((tests + 1))
    if [ "$2" = "$3" ]; then
        echo "✔ Test \"$1\" passed after 0 seconds."
    else
        failures=$((failures + 1))
        echo "✘ Test \"$1\" failed after 0 seconds with 1 issue: '$2' observed, '$3' expected"
    fi
}

image=emotion-server-test-$$
container=
finish() {
    [ -z "$container" ] || "$tool" rm --force "$container" >/dev/null
    "$tool" rmi --force "$image" >/dev/null 2>&1 || true
}
trap finish EXIT

# What its two stages begin with comes from a registry.
for base in $(sed -nE 's/^FROM ([^ ]+).*/\1/p' Server/Deployment/Dockerfile); do
    if ! "$tool" image inspect "$base" >/dev/null 2>&1 && ! "$tool" pull "$base" >/dev/null 2>&1; then
        echo "skipped: the container; $base is not here and cannot be fetched"
        exit 0
    fi
done
"$tool" build -f Server/Deployment/Dockerfile -t "$image" .

container=$("$tool" run --detach --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp \
    -p 127.0.0.1::8081 -e EMOTION_SERVER_PORT=8081 -e EMOTION_SERVER_ALLOW_HOST=practice.example.org \
    -e EMOTION_SERVER_API_KEY="$(openssl rand -hex 24)" "$image")
url=http://$("$tool" port "$container" 8081 | head -n 1)
status=0
for _ in $(seq 300); do
    status=$(curl --silent --output /dev/null --write-out '%{http_code}' "$url/readyz" || true)
    [ "$status" != 200 ] || break
    sleep 0.2
done
check "the container is ready" "$status" 200
health=$(sed -nE 's/^    CMD (.*)/\1/p' Server/Deployment/Dockerfile)
check "its health check says so" "$("$tool" exec "$container" sh -c "$health" && echo yes || echo no)" yes
check "without a key there are no sessions" \
    "$(curl --silent --output /dev/null --write-out '%{http_code}' "$url/sessions")" 401
check "it runs as a user without rights" "$("$tool" exec "$container" id -u)" 10001
check "ffmpeg is there" "$("$tool" exec "$container" sh -c 'ffmpeg -version >/dev/null 2>&1 && echo yes')" yes

echo "Test run with $tests tests in 1 suite finished with $failures failures."
[ "$failures" = 0 ]
