import Emotions
import Foundation
import TestSupport
import Testing
import VoiceAnalysis

@testable import VoiceEmotion

@Suite(.enabled(if: TestBuild.isRelease(for: "VoiceEmotionScorerTests"))) struct VoiceEmotionScorerTests {
    private let scorer: VoiceEmotionScorer
    private let voice: Sound

    init() throws {
        scorer = try VoiceEmotionScorer()
        voice = try WaveReader.read(Fixture.bytes("../../VoiceAnalysisTests/Fixtures/voice.wav"))
    }

    @Test func scoresWindowsAndTheWhole() throws {
        let result = try #require(scorer.score(voice))
        #expect(result.windows.map(\.start) == [0, 1.0125])
        #expect(abs(result.emotions.values.reduce(0, +) - 1) < 1e-9)
        #expect(result.dominantEmotion == result.emotions.dominant)
        #expect(result.confidence == result.emotions[result.dominantEmotion])
        #expect(result.uncertain == (result.confidence < scorer.network.uncertainBelow(isKnown: false)))
        let total = result.windows.reduce(0) { $0 + $1.speaking }
        for emotion in Emotion.allCases {
            let mean = result.windows.reduce(0) { $0 + $1.speaking * $1.emotions[emotion] } / total
            #expect(abs(result.emotions[emotion] - mean) < 1e-12)
        }
    }

    /// The gain of a recording does not change what is heard, its rate little: on the way to another and back the bands at 8 kHz
    /// become quieter.
    @Test func gainAndRateHardlyMatter() throws {
        let expected = try #require(scorer.score(voice))
        let quiet = Sound(samples: voice.samples.map { $0 * 0.1 }, rate: voice.rate)
        let other = Resampler.resample(voice, to: 48_000)
        for (sound, most) in [(quiet, 0.01), (other, 0.1)] {
            let observed = try #require(scorer.score(sound))
            for emotion in Emotion.allCases {
                #expect(abs(observed.emotions[emotion] - expected.emotions[emotion]) < most, "\(emotion)")
            }
        }
    }

    @Test func silenceHasNoEmotion() {
        #expect(scorer.score(Sound(samples: [], rate: 16_000)) == nil)
        #expect(scorer.score(Sound(samples: [Float](repeating: 0, count: 160_000), rate: 16_000)) == nil)
        // A word, then a minute of silence: the silent windows are not scored.
        let word = Array(voice.samples[4000..<24_000])
        let mostlySilent = Sound(samples: word + [Float](repeating: 0, count: 960_000), rate: 16_000)
        #expect((1...2).contains(scorer.score(mostlySilent)?.windows.count ?? 0))
    }

    /// From 20 s of speech on a window is heard beside the rest of the recording.
    @Test func aLongRecordingTellsHowItsSpeakerUsuallySounds() throws {
        let speech = Array(voice.samples[4000..<24_000])
        func repeated(_ count: Int) -> Sound {
            Sound(samples: (0..<count).flatMap { _ in speech }, rate: voice.rate)
        }
        // The first window is the same sound in all three; only the recording around it grows.
        let first = try [8, 12, 24].map { try #require(scorer.score(repeated($0))?.windows.first).emotions }
        func distance(_ one: EmotionScores, _ other: EmotionScores) -> Double {
            zip(one.values, other.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
        }
        #expect(distance(first[0], first[1]) < 1e-5)
        #expect(distance(first[1], first[2]) > 1e-3)
    }

    /// Tones and noise are no voice, however loud.
    @Test func whatIsNoVoiceHasNoEmotion() {
        var generator = SeededGenerator(seed: 6)
        let noise = (0..<160_000).map { _ in Float.random(in: -0.3...0.3, using: &generator) }
        let tone = (0..<160_000).map { Float(0.3 * sin(2 * Double.pi * 440 * Double($0) / 16_000)) }
        for samples in [noise, tone] { #expect(scorer.score(Sound(samples: samples, rate: 16_000)) == nil) }
    }

    /// A sound that is not held is gone over once, and scored as one that is.
    @Test func aSoundInPiecesIsScoredAsAWhole() throws {
        let speech = Array(voice.samples[4000..<24_000])
        let sound = Sound(samples: (0..<24).flatMap { _ in speech }, rate: voice.rate)
        var passes = 0
        let scored = scorer.score(VoiceAnalyzer.hear(sound)) { take in
            passes += 1
            for begin in stride(from: 0, to: sound.samples.count, by: 12_345) {
                take(Array(sound.samples[begin..<min(begin + 12_345, sound.samples.count)]), sound.rate)
            }
        }
        #expect(passes == 1)
        #expect(scored == scorer.score(sound))
    }

    /// Of a library's caller, too, one sample that is no number leaves the rest as it is.
    @Test func whatIsNoNumberIsSilence() throws {
        var samples = Array(voice.samples[4000..<24_000])
        samples[9000] = 0
        let expected = try #require(scorer.score(Sound(samples: samples, rate: voice.rate)))
        let heard = VoiceAnalyzer.hear(Sound(samples: samples, rate: voice.rate))
        samples[9000] = .nan
        #expect(scorer.score(heard) { take in take(samples, voice.rate) } == expected)
    }

    @Test func isEncodedUnderTheOriginalsNames() throws {
        let result = try #require(scorer.score(voice))
        let data = try JSONEncoder().encode(result)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect((object["emotions"] as? [String: Double])?.count == 7)
        #expect(object["dominant_emotion"] as? String == result.dominantEmotion.rawValue)
        #expect(object["confidence"] is Double && object["uncertain"] is Bool)
        #expect(try JSONDecoder().decode(VoiceEmotions.self, from: data) == result)
    }
}
