import Foundation
import TestSupport
import Testing

@testable import VoiceAnalysis

@Suite(.enabled(if: TestBuild.isRelease(for: "VoiceAnalyzerTests"))) struct VoiceAnalyzerTests {
    /// A buzz of `pitch` hertz in syllables of a quarter second while `speaks`, then nothing.
    private static func voice(_ seconds: Double, pitch: (Double) -> Double = { _ in 150 }, speaks: (Double) -> Bool)
        -> Sound
    {
        var phase = 0.0
        let samples = (0..<Int(seconds * 16_000)).map { index -> Float in
            let time = Double(index) / 16_000
            phase += 2 * Double.pi * pitch(time) / 16_000
            guard speaks(time) else { return 0 }
            let tone = (1...12).reduce(0.0) { $0 + sin(Double($1) * phase) / Double($1) }
            return Float(0.1 * tone * pow(abs(sin(Double.pi * time / 0.25)), 1.5))
        }
        return Sound(samples: samples, rate: 16_000)
    }

    @Test func findsPausesAndPace() throws {
        let measured = VoiceAnalyzer.measure(Self.voice(10) { $0 < 3 || $0 > 4.5 && $0 < 8 })
        #expect(measured.pauses.count == 1)
        let pause = try #require(measured.pauses.first)
        #expect(abs(pause.start - 3) < 0.1 && abs(pause.end - 4.5) < 0.1)
        #expect(abs(measured.speakingTime - 6.5) < 0.2)
        #expect(abs(measured.pauseShare - 1.5 / 8) < 0.02)
        // Four a second.
        #expect(abs(try #require(measured.articulationRate) - 4) < 0.3)
        #expect(abs(try #require(measured.speechRate) - 26 / 8) < 0.3)
        #expect(measured.course.count == 10)
        #expect(measured.course[3].speaking < 0.1 && measured.course[3].loudness ?? -60 < -20)
        #expect(measured.course[9].syllables == 0 && measured.course[9].loudness == nil)
    }

    @Test func tellsMelodyFromMonotony() throws {
        let flat = VoiceAnalyzer.measure(Self.voice(6) { _ in true })
        #expect(abs(try #require(flat.medianPitch) - 150) < 2)
        #expect(try #require(flat.pitchRange) < 0.5)
        let lively = VoiceAnalyzer.measure(
            Self.voice(6, pitch: { 150 * exp2(0.5 * sin($0 * 2)) }, speaks: { _ in true }))
        #expect(abs(try #require(lively.pitchRange) - 12) < 1)
    }

    @Test func nothingIsMeasuredWhereNothingIsToBeHeard() {
        for sound in [
            Sound(samples: [], rate: 8000), Sound(samples: [Float](repeating: 0, count: 480_000), rate: 48_000),
        ] {
            let measured = VoiceAnalyzer.measure(sound)
            #expect(measured.speakingTime == 0)
            #expect(measured.pauses.isEmpty)
            #expect(measured.medianPitch == nil && measured.loudness == nil && measured.articulationRate == nil)
            #expect(measured.quality.remarks == ["No speech is to be heard."])
        }
    }

    /// Shorter than the 400 ms over which loudness is taken.
    @Test func aWordIsHeard() {
        let measured = VoiceAnalyzer.measure(Self.voice(0.35) { _ in true })
        #expect(measured.speakingTime > 0.1)
        #expect(measured.loudness == nil && measured.quality.remarks.isEmpty)
    }

    @Test func whatIsNoNumberIsSilence() {
        let sound = Sound(samples: [.nan, 1, .infinity, -.infinity], rate: 4000)
        #expect(sound.samples == [0, 1, 0, 0])
        #expect(VoiceAnalyzer.measure(sound).speakingTime == 0)
    }

    @Test func saysWhatIsWrongWithTheRecording() {
        let clean = Self.voice(6) { $0 < 2 || $0 > 3 }
        #expect(VoiceAnalyzer.measure(clean).quality.remarks.isEmpty)
        let clipped = Sound(samples: clean.samples.map { max(-1, min(1, $0 * 20)) }, rate: 16_000)
        #expect(VoiceAnalyzer.measure(clipped).quality.remarks.contains { $0.contains("clipped") })
        let faint = Sound(samples: clean.samples.map { $0 * 0.01 }, rate: 16_000)
        #expect(VoiceAnalyzer.measure(faint).quality.remarks.contains { $0.contains("quiet") })
        var generator = SeededGenerator(seed: 3)
        let noisy = Sound(
            samples: clean.samples.map { $0 + Float.random(in: -0.1...0.1, using: &generator) }, rate: 16_000)
        #expect(VoiceAnalyzer.measure(noisy).quality.remarks.contains { $0.contains("nearly as loud") })
    }

    /// The pauses and the pitch of a voice in a noisy room stay those of the voice.
    @Test func noiseHardlyMatters() throws {
        let clean = Self.voice(10) { $0 < 3 || $0 > 4.5 }
        var generator = SeededGenerator(seed: 4)
        let noisy = Sound(
            samples: clean.samples.map { $0 + Float.random(in: -0.02...0.02, using: &generator) }, rate: 16_000)
        let measured = VoiceAnalyzer.measure(noisy)
        #expect(measured.pauses.count == 1)
        #expect(abs(try #require(measured.medianPitch) - 150) < 3)
    }

    @Test func anyRateGivesTheSame() throws {
        let sound = Self.voice(5) { $0 < 2 || $0 > 3 }
        let other = VoiceAnalyzer.measure(Resampler.resample(sound, to: 44_100))
        let measured = VoiceAnalyzer.measure(sound)
        #expect(other.pauses.count == measured.pauses.count)
        #expect(other.medianPitch == measured.medianPitch)
        #expect(abs(try #require(other.loudness) - (try #require(measured.loudness))) < 0.3)
    }

    @Test func isEncodedUnderStableNames() throws {
        let measured = VoiceAnalyzer.measure(Self.voice(3) { _ in true })
        let data = try JSONEncoder().encode(measured)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        for name in [
            "duration", "speaking_seconds", "pause_share", "median_pitch", "pitch_range", "articulation_rate",
            "loudness",
        ] {
            #expect(object[name] is Double, "\(name)")
        }
        #expect(try JSONDecoder().decode(VoiceMeasurements.self, from: data) == measured)
    }
}
