#!/bin/bash
# Tries what Server/Deployment and `make install-server` set up: the installed service alone, with the checkout's files out
# of its reach; the two nginx sites before it, with TLS; the systemd unit. Says what this machine cannot run.
#
# EMOTION_SERVER names a service that is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
# Where this runs as root, nginx' workers are another user.
chmod 711 "$folder"
children=()
finish() {
    for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap finish EXIT

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
has() { case "$1" in *"$2"*) echo yes ;; *) echo no ;; esac; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# answers URL OPTIONS…: waits until somebody listens there.
answers() {
    for _ in $(seq 200); do
        if curl --silent --output /dev/null "$@"; then return; fi
        sleep 0.1
    done
    echo "nobody answers at $*"
    return 1
}
status() { curl --silent --insecure --output /dev/null --write-out '%{http_code}' "$@"; }

server=${EMOTION_SERVER:-Server/.build/release/emotion-server}
[ -n "${EMOTION_SERVER:-}" ] || swift build --package-path Server -c release --product emotion-server

# Installed from what is built: its Swift libraries are not inside, which `make install-server` alone would change.
prefix=$folder/installed
make --no-print-directory --old-file=server-program install-server SERVER="$server" PREFIX="$prefix" >/dev/null
page=$prefix/share/swift-emotion/server/Public/index.html
echo '<!-- installed -->' >>"$page"
port=$(free_port)
key=$(openssl rand -hex 24)
(cd "$folder" && EMOTION_SERVER_API_KEY=$key exec "$prefix/bin/emotion-server" --port "$port") 2>"$folder/log" &
children+=($!)
answers "http://localhost:$port/healthz"
for _ in $(seq 300); do [ "$(status "http://localhost:$port/readyz")" != 200 ] || break; sleep 0.1; done
check "the installed service is ready" "$(status "http://localhost:$port/readyz")" 200
check "it serves the installed page" "$(has "$(curl --silent "http://localhost:$port/")" '<!-- installed -->')" yes
check "it serves its document" "$(status "http://localhost:$port/openapi.json")" 200
check "its log says where the page is" "$(has "$(cat "$folder/log")" "\"url\":\"http://localhost:$port/\"")" yes
check "the sessions are this user's alone" "$(stat -c %a "$folder/emotion-server.sqlite")" 600

# By hand, on a terminal: where the page is is said once somebody listens there, and not where another program does.
by_hand() { exec timeout 60 script --quiet --return --command "$prefix/bin/emotion-server --database $folder/hand.sqlite --port $1" /dev/null; }
hand=$(free_port)
by_hand "$hand" >"$folder/hand" 2>/dev/null </dev/null &
children+=($!)
answers "http://localhost:$hand/healthz"
for _ in $(seq 50); do grep -q "The practice page" "$folder/hand" && break; sleep 0.1; done
check "who starts it by hand is told where the page is" \
    "$(has "$(cat "$folder/hand")" "The practice page: http://localhost:$hand/ (Ctrl-C")" yes
taken=$(by_hand "$port" 2>&1 </dev/null) || true
check "a port in use is named" "$(has "$taken" "port $port is in use")" yes
check "the page is not announced there" "$(has "$taken" "The practice page")" no

# SwiftPM takes no dependency that needs a newer Swift than the manifest asks for.
needed=$(sed -nE '1s/.*swift-tools-version: *([0-9.]+).*/\1/p' Server/Package.swift)
newest=$(for manifest in Server/.build*/checkouts/*/Package.swift; do sed -nE '1s/.*swift-tools-version: *([0-9.]+).*/\1/p' "$manifest"; done |
    { cat; echo "$needed"; } | sort -V | tail -n 1)
check "the manifest asks for the Swift that its dependencies need" "$newest" "$needed"
check "the README does" "$(has "$(cat README.md)" "the service needs $needed")" yes

if command -v nginx >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
        -keyout "$folder/phone.key" -out "$folder/phone.crt" 2>/dev/null
    secure=$(free_port)
    plain=$(free_port)
    sed -e "s|listen 443|listen $secure|; s|listen \[::\]:443|listen [::1]:$secure|" \
        -e "s|listen 80;|listen $plain;|; s|listen \[::\]:80;|listen [::1]:$plain;|" \
        -e "s|127.0.0.1:8080|127.0.0.1:$port|; s|practice.example.org;|localhost;|" \
        -e "s|/etc/letsencrypt/live/practice.example.org/fullchain.pem|$folder/phone.crt|" \
        -e "s|/etc/letsencrypt/live/practice.example.org/privkey.pem|$folder/phone.key|" \
        Server/Deployment/nginx.conf >"$folder/site.conf"
    cat >"$folder/nginx.conf" <<END
daemon off; pid site.pid; error_log stderr warn; worker_processes 1; events { worker_connections 512; }
http { client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s; include $folder/site.conf; }
END
    check "nginx takes the site" "$(nginx -t -e stderr -p "$folder" -c "$folder/nginx.conf" >"$folder/nginx.log" 2>&1 && echo yes || cat "$folder/nginx.log")" yes
    nginx -e stderr -p "$folder" -c "$folder/nginx.conf" 2>"$folder/nginx.log" &
    children+=($!)
    sed -e "s|listen 8443|listen $((phone = $(free_port)))|; s|127.0.0.1:8080|127.0.0.1:$port|" Server/Deployment/nginx-phone.conf \
        >"$folder/phone.conf"
    phone=$(sed -nE 's/.*listen ([0-9]+) ssl.*/\1/p' "$folder/phone.conf")
    nginx -e stderr -p "$folder" -c "$folder/phone.conf" 2>"$folder/phone.log" &
    children+=($!)
    answers --insecure "https://localhost:$secure/healthz"
    answers --insecure "https://localhost:$phone/healthz"
    check "plain HTTP is sent to TLS" "$(status "http://localhost:$plain/")" 301
    check "nobody sees the counters from outside" "$(status -H "Authorization: Bearer $key" "https://localhost:$secure/metrics")" 404
    # As browsers do it over one connection, in two windows.
    (cd Server/Sources/EmotionServer/Public && find . -type f) |
        sed -E "s|^\./(.*)|url = \"https://localhost:$secure/\1\"\noutput = \"/dev/null\"|" >"$folder/files"
    files=$(cat "$folder/files" "$folder/files" |
        curl --silent --insecure --http2 --parallel --parallel-max 300 --write-out '%{http_version} %{http_code}\n' --config - 2>/dev/null |
        sort | uniq -c | sed 's/^ *//')
    check "all of the page's files are there at once" "$files" "$((2 * $(grep -c ^url "$folder/files"))) 2 200"
    for site in "$secure" "$phone"; do
        own=(-X POST -H "Authorization: Bearer $key" -H "Origin: https://localhost:$site" "https://localhost:$site/sessions")
        check "the page of the site may begin a session" "$(status "${own[@]}")" 201
        check "a page of another port may not" "$(status "${own[@]/Origin: *:$site/Origin: https://localhost:1}")" 403
        signed=$(curl --silent --insecure --include -H 'Content-Type: application/json' --data "{\"api_key\": \"$key\"}" \
            "https://localhost:$site/v1/sign-in" | tr -d '\r' | sed -n 's/^set-cookie: //Ip')
        check "the cookie of a sign-in is for TLS alone" "$(has "$signed" Secure)" yes
    done
    session=$(curl --silent --insecure "${own[@]}" | sed -nE 's/.*"id":"([^"]+)".*/\1/p')
    for part in "frames?timestamp=1" frames?timestamp=2; do
        check "a frame goes through" "$(status -X POST -H "Authorization: Bearer $key" -H 'Content-Type: image/jpeg' \
            --data-binary @Benchmarks/Inputs/frame-640x480.jpg "https://localhost:$secure/sessions/$session/$part")" 200
    done
else
    echo "skipped: the nginx sites; nginx is not installed"
fi

if command -v systemd-analyze >/dev/null; then
    sed "s|/usr/local/bin/emotion-server|$prefix/bin/emotion-server|" Server/Deployment/emotion-server.service \
        >"$folder/emotion-server.service"
    # What systemd does with settings: those of the unit, then those of the file, then the program's options.
    unit() { sed -n "s/^$1=-\{0,1\}//p" "$folder/emotion-server.service" | sed "s|%S|$folder|g"; }
    mkdir -p "$folder/emotion-server"
    for settings in "" "EMOTION_SERVER_DATABASE=$folder/named.sqlite"; do
        other=$(free_port)
        # shellcheck disable=SC2046,SC2086 # words on purpose
        env $(unit Environment) $settings "EMOTION_SERVER_PORT=$other" $(unit ExecStart) 2>/dev/null &
        children+=($!)
        answers "http://localhost:$other/healthz"
        check "the sessions lie where $([ -z "$settings" ] && echo the unit || echo the file of settings) says" \
            "$([ -e "$folder/$([ -z "$settings" ] && echo emotion-server/sessions || echo named).sqlite" ] && echo yes || echo no)" yes
    done
    check "the file of settings is read after the unit's own" \
        "$(grep -E '^(Environment|EnvironmentFile)=' "$folder/emotion-server.service" | sed 's/=.*//' | xargs)" "Environment EnvironmentFile"
    verdict=$(systemd-analyze verify "$folder/emotion-server.service" 2>&1 | grep -F emotion-server.service || true)
    check "systemd takes the unit" "$verdict" ""
    exposure=$(systemd-analyze security --offline=yes "$folder/emotion-server.service" 2>/dev/null \
        | sed -nE 's/.*exposure level.*: ([0-9.]+).*/\1/p')
    check "its exposure is below 2 of 10" "$(awk -v e="${exposure:-10}" 'BEGIN { print (e < 2.0) ? "yes" : e }')" yes
else
    echo "skipped: the systemd unit; systemd-analyze is not installed"
fi

# With the installed weights damaged, not the checkout's, it is not ready.
printf x >>"$prefix/share/swift-emotion/mtcnn.safetensors"
second=$(free_port)
"$prefix/bin/emotion-server" --port "$second" --database "$folder/second.sqlite" 2>/dev/null &
children+=($!)
answers "http://localhost:$second/healthz"
for _ in $(seq 300); do
    ready=$(curl --silent "http://localhost:$second/readyz")
    [ "$(has "$ready" "still being")" = yes ] || break
    sleep 0.1
done
check "it takes the installed weights" "$(has "$ready" mtcnn)" yes

make --no-print-directory uninstall-server PREFIX="$prefix" >/dev/null
check "uninstall-server leaves the weights alone" "$(find "$prefix" -type f ! -name '*.safetensors' ! -name '*.md' | wc -l)" 0

echo "Test run with $tests tests in 1 suite finished with $failures failures."
[ "$failures" = 0 ]
