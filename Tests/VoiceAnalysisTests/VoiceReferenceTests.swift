import TestSupport
import Testing

@testable import VoiceAnalysis

/// Against librosa 0.11, Praat 6.4, SciPy 1.17 and ffmpeg's ebur128: `Fixtures/make_voice.py`.
@Suite struct VoiceReferenceTests {
    private struct Reference: Decodable {
        /// Hertz; 0 where not voiced.
        let pitch: [Double]
        let intensity: [Double]
        let intensityStart: Double
        let speech: [[Double]]
        let loudness: Double
        let resampled: [Float]
        /// Every eighth frame.
        let logMel: [[Float]]
    }

    private let sound: Sound
    private let reference: Reference

    init() throws {
        sound = try WaveReader.read(Fixture.bytes("voice.wav"))
        reference = try Fixture.json("voice.json")
    }

    @Test func readsTheSound() {
        #expect(sound.rate == 16_000)
        #expect(sound.samples.count == 64_000)
        #expect(sound.duration == 4)
    }

    @Test(.enabled(if: TestBuild.isRelease(for: "Pitch beside librosa's"))) func pitchIsLibrosas() {
        let track = PitchTrack(sound)
        #expect(track.frequencies.count == reference.pitch.count)
        for (frame, (observed, expected)) in zip(track.frequencies, reference.pitch).enumerated() {
            #expect(abs(Double(observed) - expected) < 1e-3, "frame \(frame)")
        }
    }

    @Test func logMelSpectrumIsLibrosas() {
        let spectrum = LogMelSpectrum(sound)
        #expect(spectrum.count == 321)
        #expect(reference.logMel.count == 41)
        let frames = spectrum.frames(0..<spectrum.count)
        var worst: Float = 0
        for (index, expected) in reference.logMel.enumerated() {
            let observed = frames[(index * 8 * LogMelSpectrum.bands)...].prefix(LogMelSpectrum.bands)
            #expect(observed.count == expected.count)
            for (observed, expected) in zip(observed, expected) { worst = max(worst, abs(observed - expected)) }
        }
        #expect(worst < 1e-4, "\(worst)")
        // Frames for themselves are those of the whole.
        #expect(spectrum.frames(100..<103) == Array(frames[(100 * 64)..<(103 * 64)]))
        #expect(
            LogMelSpectrum(Sound(samples: [], rate: 16_000)).frames(0..<1).allSatisfy { $0 == LogMelSpectrum.silence })
    }

    @Test func intensityIsPraats() {
        let curve = IntensityCurve(sound, lowestPitch: 100)
        #expect(abs(curve.start - reference.intensityStart) < 1e-9)
        #expect(curve.decibels.count == reference.intensity.count)
        for (observed, expected) in zip(curve.decibels, reference.intensity) { #expect(abs(observed - expected) < 0.2) }
    }

    /// Praat counts the quarter second before the first word as part of it, and that behind the last.
    @Test func speechIsWherePraatHearsIt() {
        let activity = SpeechActivity(IntensityCurve(sound, lowestPitch: 100), duration: sound.duration)
        #expect(activity.speech.count == reference.speech.count)
        let ends = zip(activity.speech, reference.speech).map { abs($0.end - $1[1]) }.dropLast()
        let starts = zip(activity.speech, reference.speech).map { abs($0.start - $1[0]) }.dropFirst()
        #expect((ends + starts).allSatisfy { $0 < 0.03 }, "\(activity.speech)")
        #expect(abs((activity.speech.first?.start ?? 0) - 0.25) < 0.06)
    }

    @Test func loudnessIsEBUs() throws {
        #expect(abs(try #require(Loudness(sound).integrated) - reference.loudness) <= 0.1)
    }

    @Test func resamplesAsSciPy() {
        let part = Sound(samples: Array(sound.samples[4000..<6000]), rate: 16_000)
        let resampled = Resampler.resample(part, to: 11_025)
        #expect(resampled.samples.count == reference.resampled.count)
        for (observed, expected) in zip(resampled.samples, reference.resampled) {
            #expect(abs(observed - expected) < 1e-6)
        }
        #expect(Resampler.resample(part, to: 16_000) == part)
    }
}
