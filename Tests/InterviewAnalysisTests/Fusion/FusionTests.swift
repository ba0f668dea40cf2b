import Emotions
import Foundation
import InterviewAnalysis
import TestSupport
import Testing

@Suite struct FusionTests {
    private func decode<Value: Decodable>(_ json: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.utf8))
    }

    /// "Facial Model Output Format", section 8, word for word.
    private static let facial = """
        { "emotions": { "angry": 0.05, "disgust": 0.02, "fear": 0.08, "happy": 0.60, "sad": 0.10, "surprise": 0.10,
          "neutral": 0.05 }, "dominant_emotion": "happy", "confidence": 0.85, "face_detected": true,
          "face_box": [100, 150, 200, 200] }
        """
    /// "Voice Analysis Endpoint", section 8, its dots left out.
    private static let voice = """
        { "success": true, "emotions": {"neutral": 0.5, "happy": 0.4}, "dominant_emotion": "neutral", "confidence": 0.72 }
        """
    /// "Text Analysis Endpoint", section 8.
    private static let text = """
        { "success": true, "quality_score": 85.0, "quality_label": "Excellent", "feedback": "..." }
        """

    @Test func readsTheFormatsOfSection8() throws {
        let facial: FacialResult = try decode(Self.facial)
        #expect(facial.emotions?[.happy] == 0.60)
        #expect(facial.dominantEmotion == "happy")
        #expect(facial.confidence == 0.85)
        #expect(facial.faceDetected == true)
        #expect(facial.faceBox == PixelBox(x: 100, y: 150, width: 200, height: 200))
        let voice: VoiceResult = try decode(Self.voice)
        #expect(voice.emotions == LabelledEmotions(EmotionScores([.neutral: 0.5, .happy: 0.4])))
        let text: TextResult = try decode(Self.text)
        #expect(text.qualityScore == 85)
    }

    // Facial: 100 · 1.1485 / 1.55 = 74.0968; voice: 100 · (0.375 + 0.34 + 0.7) / 1.55 = 91.2903; text 85.
    // 0.5 · 74.0968 + 0.4 · 91.2903 + 0.1 · 85 = 82.0645.
    @Test func fusesTheExamplesOfSection8() throws {
        let result = try MultimodalFusion.fuse(
            facial: decode(Self.facial), voice: decode(Self.voice), text: decode(Self.text))
        #expect(result.success)
        #expect(result.confidenceScore == 82.1)
        #expect(result.clarityScore == 85)
        let expected = ["facial": 0.5, "voice": 0.4, "text": 0.1]
        for (name, weight) in expected { #expect(abs((result.weights[name] ?? 0) - weight) < 1e-12) }
        // (0.3 + 0.2) / 0.95 happy and (0.025 + 0.25) / 0.95 neutral.
        #expect(abs((result.fusedEmotions?[.happy] ?? 0) - 0.5 / 0.95) < 1e-12)
        #expect(abs((result.fusedEmotions?[.neutral] ?? 0) - 0.275 / 0.95) < 1e-12)
        // 100 · (0.5 · 1 + 0.05 · 0.8 + 0.275 · 0.5 + 0.025 · 0.4 + 0.04 · 0.3 + 0.01 · 0.2 + 0.05 · 0.1) / 0.95
        #expect(result.engagementScore == 74.4)
        #expect(result.disagreement == nil)
    }

    @Test func hasTheKeysOfSection8() throws {
        let result = try MultimodalFusion.fuse(
            facial: decode(Self.facial), voice: decode(Self.voice), text: decode(Self.text))
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(result)) as? [String: Any]
        let keys = Set(try #require(json).keys)
        #expect(
            keys.isSuperset(of: [
                "success", "confidence_score", "clarity_score", "engagement_score", "facial", "voice", "text",
                "fused_emotions", "recommendations",
            ]))
        #expect(try JSONDecoder().decode(MultimodalResult.self, from: JSONEncoder().encode(result)) == result)
    }

    // 50 : 40 : 10 over whatever is there.
    @Test(arguments: [
        (true, true, false, 81.7), (true, false, true, 75.9), (false, true, true, 90.0), (true, false, false, 74.1),
        (false, true, false, 91.3), (false, false, true, 85.0),
    ])
    func weighsAnewWhatIsThere(facial: Bool, voice: Bool, text: Bool, expected: Double) throws {
        let result = try MultimodalFusion.fuse(
            facial: facial ? decode(Self.facial) : nil, voice: voice ? decode(Self.voice) : nil,
            text: text ? decode(Self.text) : nil)
        #expect(result.confidenceScore == expected)
        #expect(abs(result.weights.values.reduce(0, +) - 1) < 1e-12)
        #expect((result.clarityScore != nil) == text)
        #expect((result.engagementScore != nil) == (facial || voice))
        #expect(result.recommendations.last?.hasPrefix("Not part of this score:") == true)
    }

    @Test func saysNothingOfNothing() throws {
        let result = try MultimodalFusion.fuse(facial: nil, voice: nil, text: nil)
        #expect(!result.success)
        #expect(result.confidenceScore == nil)
        #expect(result.fusedEmotions == nil)
        #expect(result.weights.isEmpty)
        #expect(result.recommendations.isEmpty)
    }

    // Section 8's code: no face, no facial score; its emotions are fused all the same. No quality counts as 50.
    @Test func followsTheOriginalWhereAFaceOrAQualityIsMissing() throws {
        var facial: FacialResult = try decode(Self.facial)
        facial.faceDetected = false
        let result = try MultimodalFusion.fuse(facial: facial, voice: nil, text: TextResult(qualityScore: nil))
        #expect(result.confidenceScore == 50)
        #expect(result.fusedEmotions != nil)
        let failed = try MultimodalFusion.fuse(
            facial: nil, voice: VoiceResult(success: false, emotions: nil), text: TextResult(qualityScore: 70))
        #expect(failed.confidenceScore == 70)
        #expect(failed.voice == nil)
    }

    @Test func flagsACalmFaceWithATenseVoice() throws {
        let calm = FacialResult(emotions: EmotionScores([.neutral: 1]), faceDetected: true)
        let tense = VoiceResult(emotions: EmotionScores([.fear: 1]))
        let result = try MultimodalFusion.fuse(facial: calm, voice: tense, text: nil)
        let disagreement = try #require(result.disagreement)
        #expect(disagreement.note == "calm face, tense voice")
        #expect(disagreement.facialScore == 93.5)
        #expect(disagreement.voiceScore == 0)
        #expect(disagreement.distance == 1)
        #expect(result.recommendations.contains { $0.contains("Mixed signals") })
        let other = try MultimodalFusion.fuse(
            facial: FacialResult(emotions: EmotionScores([.fear: 1]), faceDetected: true),
            voice: VoiceResult(emotions: EmotionScores([.neutral: 1])), text: nil)
        #expect(other.disagreement?.note == "calm voice, tense face")
    }

    @Test func advisesOnUnclearWordsAndDullFaces() throws {
        let result = try MultimodalFusion.fuse(
            facial: FacialResult(emotions: EmotionScores([.sad: 1]), faceDetected: true), voice: nil,
            text: TextResult(qualityScore: 40))
        #expect(result.engagementScore == 10)
        #expect(result.recommendations.contains { $0.contains("main point") })
        #expect(result.recommendations.contains { $0.contains("life") })
    }

    @Test func refusesWhatAreNoNumbersOfTheirKind() throws {
        #expect(throws: FusionError.invalidProbability(.voice, label: "sad", value: -0.1)) {
            try MultimodalFusion.fuse(
                facial: nil, voice: VoiceResult(emotions: EmotionScores([.sad: -0.1])), text: nil)
        }
        #expect(throws: FusionError.invalidQualityScore(101)) {
            try MultimodalFusion.fuse(facial: nil, voice: nil, text: TextResult(qualityScore: 101))
        }
    }

    // The original's loop runs over whatever keys there are: calm 0.8 · 0.5 of 1 in all.
    @Test func fusesLabelsBeyondTheSevenAsTheOriginalDoes() throws {
        let voice = try VoiceResult(
            json: Array(#"{"emotions": {"calm": 0.8, "happy": 0.2}, "dominant_emotion": "calm"}"#.utf8))
        let facial = FacialResult(emotions: EmotionScores([.happy: 1]), faceDetected: true)
        let result = try MultimodalFusion.fuse(facial: facial, voice: voice, text: nil)
        #expect(abs((result.fusedEmotions?.extra["calm"] ?? 0) - 0.4) < 1e-12)
        #expect(abs((result.fusedEmotions?[.happy] ?? 0) - 0.6) < 1e-12)
        #expect(result.extraLabels == ["calm"])
        #expect(result.voice?.dominantEmotion == "calm")
        // (0.2 · 0.85 + 0.7) / 1.55: the weights do not know calm.
        #expect(abs(MultimodalFusion.voiceScore(of: voice.emotions?.scores ?? .uniform) - 56.129) < 1e-3)
        #expect(try JSONDecoder().decode(MultimodalResult.self, from: JSONEncoder().encode(result)) == result)
        #expect(throws: FusionError.invalidProbability(.voice, label: "calm", value: 1.5)) {
            try MultimodalFusion.fuse(
                facial: nil, voice: VoiceResult(json: Array(#"{"emotions": {"calm": 1.5}}"#.utf8)), text: nil)
        }
    }

    @Test func namesTheFieldThatIsMissingOrWrong() throws {
        func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
        let session = bytes(#"{"schema_version": 2, "frames": [], "summary": {}}"#)
        #expect(throws: FusionError.missingField(.text, field: "quality_score")) { try TextResult(json: bytes("{}")) }
        #expect(throws: FusionError.missingField(.text, field: "quality_score")) { try TextResult(json: session) }
        #expect(throws: FusionError.missingField(.voice, field: "emotions")) { try VoiceResult(json: session) }
        #expect(throws: FusionError.missingField(.facial, field: "emotions")) { try FacialResult(json: session) }
        #expect(throws: FusionError.missingField(.facial, field: "face_detected")) {
            try FacialResult(json: bytes(#"{"emotions": {"happy": 1}}"#))
        }
        #expect(throws: FusionError.invalidField(.voice, field: "emotions.happy", reason: "a number is expected")) {
            try VoiceResult(json: bytes(#"{"emotions": {"happy": "much"}}"#))
        }
        #expect(throws: FusionError.notJSON(.text)) { try TextResult(json: bytes("85")) }
        #expect(throws: FusionError.notJSON(.text)) { try TextResult(json: bytes(#"{"quality_score": 1}{}"#)) }
        #expect(throws: FusionError.notJSON(.facial)) { try FacialResult(json: []) }
        let nobody = try FacialResult(json: bytes(#"{"success": true, "face_detected": false, "emotions": {}}"#))
        #expect(nobody.emotions == nil)
    }

    // 50 pairs of faces and voices, their keys in three orders each: not a bit differs.
    @Test func isIndependentOfTheOrderOfKeys() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<50 {
            let face = EmotionScores.random(using: &generator)
            let voice = EmotionScores.random(using: &generator)
            func json(_ scores: EmotionScores) -> String {
                let fields = Emotion.allCases.shuffled(using: &generator).map { "\"\($0.rawValue)\": \(scores[$0])" }
                return "{\"face_detected\": true, \"emotions\": {\(fields.joined(separator: ", "))}}"
            }
            let results = try (0..<3).map { _ in
                try MultimodalFusion.fuse(facial: decode(json(face)), voice: decode(json(voice)), text: nil)
            }
            #expect(results[0] == results[1])
            #expect(results[0] == results[2])
        }
    }

    @Test func fusedEmotionsSumToOneAndScoresStayInTheirRange() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<500 {
            let result = try MultimodalFusion.fuse(
                facial: FacialResult(emotions: .random(using: &generator), faceDetected: true),
                voice: VoiceResult(emotions: .random(using: &generator)),
                text: TextResult(qualityScore: .random(in: 0...100, using: &generator)))
            #expect(abs((result.fusedEmotions?.values.reduce(0, +) ?? 0) - 1) < 1e-12)
            for score in [result.confidenceScore, result.clarityScore, result.engagementScore] {
                #expect((0...100).contains(try #require(score)))
            }
        }
    }
}
