# The front door: `make demo`, `make test`, `make lint`, `make bench`.
SHELL := /bin/bash
.DEFAULT_GOAL := build

# Release builds of the command carry the Swift libraries inside: nothing to install beside it, and it starts faster.
RELEASE := -c release --static-swift-stdlib
EMOTION = Apps/.build/release/emotion
SOURCES := Sources Tests Apps/Sources Apps/Tests Apps/Package.swift Weights Package.swift \
	$(wildcard Benchmarks Apps/Benchmarks)

.PHONY: deps build demo test test-apps test-consumer test-concurrency lint format bench clean

## Installs the system libraries that are missing (Debian, Ubuntu).
deps:
	Scripts/install-dependencies.sh

## Builds the `emotion` command, optimised.
build: deps
	swift build --package-path Apps $(RELEASE) --product emotion

## Analyses the bundled public-domain photograph.
demo: build
	$(EMOTION) analyze Tests/EmotionDetectionTests/Fixtures/astronaut.png

## Runs every test of both packages; the last line says how many passed.
test: deps
	Scripts/run-tests.sh all

## One part of the tests each, for working on it.
test-unit test-numerics test-apps test-consumer test-concurrency: deps
	Scripts/run-tests.sh $(@:test-%=%)

## Checks the formatting; `make format` puts it right.
lint:
	swift format lint --strict --recursive $(SOURCES)

format:
	swift format --in-place --recursive $(SOURCES)

## Times the classifier, the detector and whole frames on this machine.
bench: deps
	swift run --package-path Apps $(RELEASE) emotion doctor

clean:
	rm -rf .build .build-thread Apps/.build
