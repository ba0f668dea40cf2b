import Emotions
import Foundation
import Testing

@Suite struct EmotionScoresTests {
    @Test func keepsTheClassifiersOrder() {
        #expect(
            Emotion.allCases.map(\.rawValue) == ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"])
        for (position, emotion) in Emotion.allCases.enumerated() {
            #expect(emotion.index == position)
            #expect(EmotionScores([emotion: 1]).values[position] == 1)
        }
    }

    @Test func namesTheFirstOfEqualScores() {
        #expect(EmotionScores([.sad: 0.5, .happy: 0.5]).dominant == .happy)
        #expect(EmotionScores([.neutral: 0.4, .happy: 0.3, .sad: 0.3]).dominant == .neutral)
        #expect(EmotionScores.uniform.dominant == .angry)
    }

    @Test func survivesJSONToTheLastBit() throws {
        let scores = EmotionScores([0.1, 1.0 / 3, .leastNonzeroMagnitude, 0.2, 0.30000000000000004, 1e-17, 0.4])
        #expect(try JSONDecoder().decode(EmotionScores.self, from: JSONEncoder().encode(scores)) == scores)
    }

    @Test func readsAPartOfTheSevenAndRefusesAnEighth() throws {
        func decode(_ json: String) throws -> EmotionScores {
            try JSONDecoder().decode(EmotionScores.self, from: Data(json.utf8))
        }
        #expect(try decode(#"{"neutral": 0.5, "happy": 0.4}"#) == EmotionScores([.happy: 0.4, .neutral: 0.5]))
        #expect(try decode("{}") == EmotionScores([:]))
        #expect(throws: DecodingError.self) { try decode(#"{"contempt": 0.5}"#) }
        #expect(throws: DecodingError.self) { try decode(#"{"happy": "0.5"}"#) }
        #expect(throws: DecodingError.self) { try decode("[0.5]") }
    }
}
