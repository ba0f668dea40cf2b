import ModelWeights
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing
import WeightFile

@testable import VoiceAnalysis
@testable import VoiceEmotion

/// From the samples of a made voice on, librosa's spectrum and PyTorch's answers with the bundled weights:
/// `Fixtures/make_voice_emotion.py`.
@Suite struct VoiceNetworkParityTests {
    private let fixture: ReferenceTensors
    private let sound: Sound
    /// Shorter than a window, which begins before it and ends behind it.
    private let short: Sound

    init() throws {
        fixture = try ReferenceTensors("voice_emotion_reference.safetensors")
        sound = try WaveReader.read(Fixture.bytes("../../VoiceAnalysisTests/Fixtures/voice.wav"))
        short = Sound(samples: Array(sound.samples[8000..<30000]), rate: sound.rate)
    }

    private func spectra(of sound: Sound, piece: Int = .max) -> [[Float]] {
        var (spectra, windows, spectrum) = ([[Float]](), SoundWindows(), VoiceSpectrum())
        func take(_ frames: Range<Int>, _ samples: [Float], _ first: Int) {
            spectra.append(spectrum.power(frames, of: samples, first: first))
        }
        for begin in stride(from: 0, to: sound.samples.count, by: min(piece, sound.samples.count)) {
            windows.add(Array(sound.samples[begin...].prefix(piece)), take)
        }
        windows.finish(take)
        return spectra
    }

    @Test(arguments: ["whole", "short"]) func spectraAreLibrosas(_ name: String) throws {
        let spectra = spectra(of: name == "whole" ? sound : short)
        let reference = try fixture.tensor(name + ".power")
        #expect(reference.shape == [spectra.count, 44, 80])
        let frames = Array(stride(from: 0, to: 300, by: 7)) + [299]
        let observed = spectra.flatMap { power in frames.flatMap { power[($0 * 80)..<(($0 + 1) * 80)] } }
        let comparison = TensorComparison(
            Tensor(observed, shape: reference.shape), reference, relative: 0, absolute: 1e-4)
        #expect(comparison.isClose, "\(comparison)")
        // Nothing is heard before a short sound and behind it.
        if name == "short" { #expect(spectra[0].prefix(80).allSatisfy { $0 == -10 }) }
    }

    /// A window's first half is the one before's second half, and the same whatever the pieces.
    @Test(.enabled(if: TestBuild.isRelease(for: "Overlapping windows")))
    func framesOfTwoWindowsAreReckonedOnce() throws {
        let long = Sound(samples: (0..<4).flatMap { _ in sound.samples } + sound.samples.prefix(4321), rate: 16_000)
        let expected = spectra(of: long)
        #expect(expected.count == 10)
        for piece in [977, 48_000] { #expect(spectra(of: long, piece: piece) == expected) }
        for (index, power) in expected.enumerated() {
            let begin = index < 9 ? index * 24_000 : long.samples.count / 200 * 200 - 239 * 200
            var spectrum = VoiceSpectrum()
            let alone = spectrum.power((begin / 200)..<(begin / 200 + 240), of: long.samples, first: 0)
            #expect(alone == power, "window \(index)")
        }
    }

    @Test(.enabled(if: TestBuild.isRelease(for: "The voice's network")), arguments: KernelPath.usable, [1, 2])
    func answersArePyTorchs(_ path: KernelPath, threads: Int) throws {
        let network = try VoiceEmotionNetwork(
            contentsOf: BundledModel.voiceEmotion.path, workers: WorkerPool(threads: threads), path: path)
        for (name, sound) in [("whole", sound), ("short", short)] {
            let features = network.features(spectra(of: sound))
            let comparison = TensorComparison(
                Tensor(features.flatMap(\.self), shape: [features.count, 1024]),
                try fixture.tensor(name + ".features"), relative: 1e-4, absolute: 5e-5)
            #expect(comparison.isClose, "\(name): \(comparison)")
            for (head, isKnown) in [("alone", false), ("known", true)] {
                let logits = network.logits(features, isKnown: isKnown)
                let comparison = TensorComparison(
                    Tensor(logits, shape: [features.count, 7]), try fixture.tensor("\(name).\(head)"), relative: 0,
                    absolute: 1e-3)
                #expect(comparison.isClose, "\(name).\(head): \(comparison)")
            }
        }
    }

    @Test func aWeightFileOfAnotherNetworkIsRefused() throws {
        #expect(throws: WeightError.self) { try VoiceEmotionNetwork(contentsOf: BundledModel.faceMesh.path) }
        let error = #expect(throws: VoiceEmotionError.self) {
            try VoiceEmotionScorer(in: WeightSearch(folder: "/nonexistent"))
        }
        #expect("\(try #require(error))".contains("voice_emotion.safetensors"))
    }
}
