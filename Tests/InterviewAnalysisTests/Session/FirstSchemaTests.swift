import Emotions
import Foundation
import InterviewAnalysis
import TestSupport
import Testing

/// Sessions that the package wrote while its layout was version 1: `command-v1.json` by `emotion video` on ten frames of
/// the astronaut and an empty wall, `session-v1.json` and `journal-v1.jsonl` by the library from seeded numbers, with a
/// resting face, every stage of the detector, and every reason to skip a frame.
@Suite struct FirstSchemaTests {
    private struct Stored: Decodable {
        struct Frame: Decodable {
            let confidenceScore: Double
            let smoothedConfidence: Double
            let emotions: EmotionScores
            let detector: String
            let facePosition: PixelBox?
            let quality: Double?

            enum CodingKeys: String, CodingKey {
                case confidenceScore = "confidence_score"
                case smoothedConfidence = "smoothed_confidence"
                case emotions, detector
                case facePosition = "face_position"
                case quality
            }
        }
        let frames: [Frame]
        let missed: [MissedFrame]
        let questions: [QuestionMarker]
        let details: SessionDetails
    }

    @Test(arguments: ["session-v1.json", "command-v1.json"])
    func everythingOfAFileIsKept(name: String) throws {
        let stored: Stored = try Fixture.json(name)
        let record = try SessionRecord(contentsOf: Fixture.path(name))
        #expect(record.schemaVersion == SessionRecord.currentSchemaVersion)
        #expect(!record.frames.isEmpty)
        #expect(record.frames.map(\.confidenceScore) == stored.frames.map(\.confidenceScore))
        #expect(record.frames.map(\.smoothedConfidence) == stored.frames.map(\.smoothedConfidence))
        #expect(record.frames.map(\.emotions) == stored.frames.map(\.emotions))
        #expect(record.frames.map(\.faceBox) == stored.frames.map(\.facePosition))
        #expect(
            record.frames.map { $0.stage.rawValue.replacing("_", with: "") }
                == stored.frames.map { $0.detector.lowercased() })
        for (frame, old) in zip(record.frames, stored.frames) {
            #expect((frame.quality?.score == nil) == (old.quality == nil))
            #expect(abs((frame.quality?.score ?? 0) - (old.quality ?? 0)) < 1e-4)
        }
        #expect(record.missed == stored.missed)
        #expect(record.questions == stored.questions)
        #expect(record.details == stored.details)
        // What was read is written in today's layout and read again.
        #expect(try SessionRecord(json: record.json()) == record)
    }

    @Test func aJournalGivesTheSameSession() throws {
        let recovered = try RecoveredSession(journal: Fixture.path("journal-v1.jsonl"))
        let record = try SessionRecord(contentsOf: Fixture.path("session-v1.json"))
        #expect(recovered.schemaVersion == 1)
        #expect(SessionRecord(of: recovered.analyzer, details: recovered.details) == record)
    }

    @Test func anOldJournalIsNotGoneOnWith() throws {
        let recovered = try RecoveredSession(journal: Fixture.path("journal-v1.jsonl"))
        #expect(throws: SessionError.self) { try SessionJournal(resuming: recovered) }
    }
}
