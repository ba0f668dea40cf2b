import ModelWeights
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing
import WeightFile

@testable import VoiceAnalysis
@testable import VoiceEmotion

/// The bundled network on a made voice, against PyTorch with the same weights: `Weights/Conversion/fixtures_voice_emotion.py`.
@Suite struct VoiceNetworkParityTests {
    private let fixture: ReferenceTensors
    private let network: VoiceEmotionNetwork

    init() throws {
        fixture = try ReferenceTensors("voice_emotion_reference.safetensors")
        network = try VoiceEmotionNetwork(contentsOf: BundledModel.voiceEmotion.path)
    }

    private var windows: [VoiceWindow] {
        get throws {
            let power = try fixture.tensor("power")
            let count = VoiceWindow.frames * VoiceWindow.bands
            #expect(power.shape == [2, VoiceWindow.frames, VoiceWindow.bands])
            return (0..<2).map { VoiceWindow(Array(power.scalars[($0 * count)..<(($0 + 1) * count)])) }
        }
    }

    @Test func inputIsPyTorchs() throws {
        let input = VoiceWindow.input(try windows, usual: try fixture.tensor("usual").scalars)
        let expected = try fixture.tensor("input").scalars
        let observed = stride(from: 0, to: input.shape.count, by: 97).map { input.scalars[$0] }
        #expect(observed.count == expected.count)
        #expect(zip(observed, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }

    @Test(arguments: KernelPath.usable) func logitsArePyTorchs(_ path: KernelPath) throws {
        let network = try VoiceEmotionNetwork(contentsOf: BundledModel.voiceEmotion.path, path: path)
        // All but the moments over time are the planner's.
        #expect(network.parts.filter { $0 == "unplanned" }.count == 1, "\(network.parts)")
        let alone = network.logits(VoiceWindow.input(try windows))
        let known = network.logits(VoiceWindow.input(try windows, usual: try fixture.tensor("usual").scalars))
        for (observed, name) in [(alone, "alone"), (known, "known")] {
            let comparison = TensorComparison(observed, try fixture.tensor(name), relative: 0, absolute: 1e-4)
            #expect(comparison.isClose, "\(name): \(comparison)")
        }
        #expect(!TensorComparison(alone, known, relative: 0, absolute: 1e-2).isClose)
    }

    /// From the samples on, librosa's spectrum and PyTorch's logits; also of a sound that is shorter than a window.
    @Test func aSoundsLogitsAreThoseOfTheReference() throws {
        let sound = try WaveReader.read(Fixture.bytes("../../VoiceAnalysisTests/Fixtures/voice.wav"))
        let short = Sound(samples: Array(sound.samples[8000..<30000]), rate: sound.rate)
        for (sound, name) in [(sound, "alone"), (short, "short")] {
            var (windows, spectrum) = ([VoiceWindow](), LogMelWindows())
            spectrum.add(sound.samples) { windows.append(VoiceWindow(padding: $1)) }
            spectrum.finish { windows.append(VoiceWindow(padding: $1)) }
            let comparison = TensorComparison(
                network.logits(VoiceWindow.input(windows)), try fixture.tensor(name), relative: 0, absolute: 1e-3)
            #expect(comparison.isClose, "\(name): \(comparison)")
        }
    }

    /// The statistics as NumPy counts them, and what PyTorch's networks make of them.
    @Test func statisticsAndTheirLogitsAreTheReferences() throws {
        let (power, tones) = (try fixture.tensor("power"), try fixture.tensor("tones"))
        let size = VoiceWindow.frames * VoiceWindow.bands
        let values = (0..<2).map { window in
            VoiceStatistics.values(
                of: Array(power.scalars[(window * size)..<((window + 1) * size)]),
                tones: (0..<VoiceWindow.frames).map { frame in
                    let place = 2 * (window * VoiceWindow.frames + frame)
                    let semitones = Double(tones.scalars[place])
                    return VoiceStatistics.Tone(
                        semitones: semitones > -100 ? semitones : nil,
                        aperiodicity: Double(tones.scalars[place + 1]))
                })
        }
        let expected = try fixture.tensor("statistics").scalars
        #expect(expected.count == 2 * VoiceStatistics.count)
        for (observed, expected) in zip(values.joined(), expected) {
            #expect(abs(observed - Double(expected)) < 1e-4 * max(1, abs(Double(expected))))
        }
        let usual = try fixture.tensor("usual_statistics").scalars.map { Double($0) }
        for (name, usual) in [("statistics_alone", nil), ("statistics_known", usual)] as [(String, [Double]?)] {
            let rows = stride(from: 0, to: expected.count, by: VoiceStatistics.count).map { begin in
                expected[begin..<(begin + VoiceStatistics.count)].map { Double($0) }
            }
            for (observed, expected) in zip(
                network.statisticsLogits(rows, usual: usual), try fixture.tensor(name).scalars)
            {
                #expect(abs(observed - expected) < 1e-4, "\(name)")
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
