import Emotions
import TestSupport
import Testing

@testable import InterviewAnalysis

/// The functions printed in the original's description, run by Python on 300 seeded faces: see Fixtures/make_original.py.
@Suite struct OriginalReferenceTests {
    private struct Reference: Decodable {
        struct Confidence: Decodable {
            let emotions: EmotionScores
            let score: Double
        }
        struct Fusion: Decodable {
            let facial: EmotionScores?
            let voice: EmotionScores?
            let fused: EmotionScores
        }
        struct Points: Decodable {
            let facial: Double?
            let voice: Double?
            let text: Double?
            let score: Double
        }
        struct Spikes: Decodable {
            let confidence: [Double]
            let spikes: [[Double]]
        }
        let confidence: [Confidence]
        let fusion: [Fusion]
        let points: [Points]
        let spikes: Spikes
        let rounding: [[Double]]
        let segments: [[Int]]
    }

    private let reference: Reference

    init() throws { reference = try Fixture.json("original.json") }

    /// Sections 5 and 9: both corrections, weights, normalisation, limits; equal to the last bit.
    @Test func scoresEqualPythonsBitByBit() {
        var corrected = 0
        for each in reference.confidence {
            #expect(InterviewConfidence.score(of: each.emotions) == each.score)
            if ExpressionCorrection.corrected(each.emotions) != each.emotions { corrected += 1 }
        }
        #expect(corrected > 60)
        #expect(reference.confidence.count == 300)
    }

    /// Section 8, `fuse_emotions`.
    @Test func fusedEmotionsEqualPythonsBitByBit() {
        for each in reference.fusion {
            #expect(EmotionFusion.fuse(facial: each.facial, voice: each.voice) == each.fused)
        }
    }

    /// Section 8, `calculate_confidence_score`, over every subset of the three.
    @Test func confidencePointsEqualPythons() {
        for each in reference.points {
            var scores: [Modality: Double] = [:]
            scores[.facial] = each.facial
            scores[.voice] = each.voice
            scores[.text] = each.text
            #expect(MultimodalFusion.confidenceScore(scores) == each.score)
        }
    }

    /// Section 9, `detect_stress_spike`, called before the window is updated.
    @Test func stressSpikesEqualPythons() throws {
        let session = try analyzer(scoring: reference.spikes.confidence)
        #expect(session.stressSpikes.map(\.timestamp) == reference.spikes.spikes.map { $0[0] })
        #expect(session.stressSpikes.count > 5)
        for (spike, expected) in zip(session.stressSpikes, reference.spikes.spikes) {
            #expect(abs(spike.dropMagnitude - expected[1]) < 1e-12)
        }
    }

    /// Python's `round(value, 1)`, ties and near-ties among them.
    @Test func roundingEqualsPythons() {
        for pair in reference.rounding {
            #expect(DecimalRounding.round(pair[0], digits: 1) == pair[1], "\(pair[0])")
        }
    }

    /// Section 9: `int(0.2 * total)`, `int(0.8 * total)` for sessions of 0 to 119 frames.
    @Test func segmentsAreCutWherePythonCutsThem() throws {
        for cut in reference.segments where cut[0] > 0 {
            let segments = try analyzer(scoring: [Double](repeating: 0.5, count: cut[0])).summary().segments
            #expect((segments.beginning?.frameCount ?? 0) == cut[1])
            #expect((segments.middle?.frameCount ?? 0) == cut[2] - cut[1])
            #expect((segments.end?.frameCount ?? 0) == cut[0] - cut[2])
        }
    }
}
